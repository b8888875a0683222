import type { Task, TaskFailure } from './batch-tasks.js';
import type { Progress } from './progress.js';

/** The share of a run that is done: of the tasks that have ended, and of those under way. */
export interface RunProgress {
  /** `fraction` of a task is done, 0 to 1. */
  update(task: Task | TaskFailure, fraction: number): void;
  end(task: Task | TaskFailure): void;
}

/** `tasks` is their number. */
export function createRunProgress(tasks: number, progress: Progress): RunProgress {
  const shares = new Map<Task | TaskFailure, number>();
  let ended = 0;
  return {
    update(task, fraction) {
      shares.set(task, fraction);
      const underWay = [...shares.values()].reduce((sum, share) => sum + share, 0);
      progress.update(Math.min(1, (ended + underWay) / tasks), task.input.path);
    },
    end(task) {
      ended++;
      shares.delete(task);
    },
  };
}
