import { parse, resolve as resolvePath } from 'node:path';
import type { Input, InputFailure, Resize } from '../io/index.js';
import { type OutputPlan, outputOf } from './outputs.js';
import { SharedSource } from './shared-source.js';

/** One file to make from one input; `output` is '-' for stdout. */
export interface Task {
  input: Input;
  output: string;
  resize?: Resize | undefined;
  /** Its input, shared with the tasks that make other sizes of it. */
  shared: SharedSource;
  /** An earlier task that would write to the same output, and goes first. */
  rival?: Task | undefined;
  /** Resolves when it has ended: to the input from which its output was made, by it or by a rival; undefined if there is no output. */
  ended: Promise<string | undefined>;
  end(madeFrom: string | undefined): void;
}

/** A task that cannot be started, and the reason. */
export interface TaskFailure {
  input: { path: string };
  error: unknown;
}

/**
 * The files that a run makes, in order: one for each input, or one for each of the `widths`, with names that end in -640 and so on. If two
 * tasks want one output, the second gets it if the first fails.
 */
export function tasksOf(
  items: readonly (Input | InputFailure)[],
  plan: OutputPlan,
  extension: string,
  { resize, widths }: { resize?: Resize | undefined; widths?: readonly number[] | undefined } = {},
): (Task | TaskFailure)[] {
  const last = new Map<string, Task>();
  return items.flatMap((item): (Task | TaskFailure)[] => {
    if ('error' in item) return [{ input: item, error: item.error }];
    const wanted = widths?.map(width => ({ resize: { width }, end: `-${width}` })) ?? [{ resize, end: '' }];
    const shared = new SharedSource(wanted.length);
    return wanted.map(({ resize, end }) => {
      const output = withEnd(outputOf(item, plan, extension), end);
      const key = resolvePath(output);
      const task: Task = {
        input: item,
        output,
        resize,
        shared,
        rival: output === '-' ? undefined : last.get(key),
        ...ending(),
      };
      last.set(key, task);
      return task;
    });
  });
}

function ending(): Pick<Task, 'ended' | 'end'> {
  let end: Task['end'] = () => {};
  const ended = new Promise<string | undefined>(resolve => {
    end = resolve;
  });
  return { ended, end };
}

/** 'out/photo.lrk' and '-640' -> 'out/photo-640.lrk'. */
function withEnd(path: string, end: string): string {
  if (path === '-' || !end) return path;
  const { ext } = parse(path);
  return `${path.slice(0, path.length - ext.length)}${end}${ext}`;
}
