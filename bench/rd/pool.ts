import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Job, measure } from './measure.js';
import type { Row } from './rows.js';

type Answer = { rows: Row[] } | { error: string };

/**
 * Runs jobs in order, on `lanes` child processes (1: in this one). `onRows` sees each job's rows as they come;
 * `onError` a failed job's message, after which the others go on.
 */
export async function runJobs(
  jobs: readonly Job[],
  lanes: number,
  onRows: (rows: Row[], job: Job) => void,
  onError: (message: string) => void,
): Promise<void> {
  const queue = [...jobs];
  const lane = async (run: (job: Job) => Promise<Row[]>): Promise<void> => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      try {
        onRows(await run(job), job);
      } catch (error) {
        onError((error as Error).message);
      }
    }
  };
  if (lanes === 1) return lane(measure);
  const children = Array.from({ length: Math.min(lanes, jobs.length) }, startChild);
  await Promise.all(children.map(child => lane(job => ask(child, job))));
  for (const child of children) child.disconnect();
}

const startChild = (): ChildProcess => fork(fileURLToPath(new URL('./worker.ts', import.meta.url)));

function ask(child: ChildProcess, job: Job): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      act();
    };
    const onMessage = (answer: Answer): void =>
      settle(() => ('rows' in answer ? resolve(answer.rows) : reject(new Error(answer.error))));
    const onExit = (code: number | null): void =>
      settle(() => reject(new Error(`${job.file}, ${job.codec}: worker ended with ${code}`)));
    child.on('message', onMessage);
    child.on('exit', onExit);
    if (!child.connected) settle(() => reject(new Error(`${job.file}, ${job.codec}: worker is gone`)));
    else child.send(job);
  });
}
