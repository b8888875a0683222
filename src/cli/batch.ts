import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { expandInputs, type Input } from '../io/index.js';
import { ThreadPool } from '../workers/pool.js';
import type { BatchJob, ManyOptions } from './batch-job.js';
import { type Task, tasksOf } from './batch-tasks.js';
import { inOrder } from './in-order.js';
import { inLanes } from './lanes.js';
import { type OutputPlan, planOutputs } from './outputs.js';
import { Record } from './record.js';
import { createReporter, isClosedPipe, type Skipped } from './reporter.js';
import { type Run, runTask } from './run-task.js';
import { EXIT, type Terminal, UsageError } from './terminal.js';
import { watchInputs } from './watch.js';

/** Runs a job on every input; if one fails, the others go on. Returns the exit code. */
export async function runBatch(
  patterns: readonly string[],
  options: ManyOptions,
  job: BatchJob,
  terminal: Terminal,
): Promise<number> {
  if (options.watch && patterns.includes('-'))
    throw new UsageError('--watch is for files and folders, not for stdin');
  const record = options.update || options.watch ? new Record() : undefined;
  const lasting = { options, job, terminal, record, memory: new Map<string, string>() };
  // Watching begins before the first run, so that no change during it is missed.
  const watched = options.watch ? await watchInputs(patterns, terminal.signal) : undefined;
  try {
    let code: number;
    do code = await runOnce(patterns, lasting);
    while (await watched?.changed());
    return code;
  } catch (error) {
    if (isClosedPipe(error) && options.json) return EXIT.ok; // the reader of our objects has seen enough
    throw error;
  } finally {
    watched?.close();
  }
}

/** One pass over the inputs, from the patterns to the summary. Returns the exit code. */
async function runOnce(
  patterns: readonly string[],
  lasting: Omit<Run, 'makeFolders' | 'pool'>,
): Promise<number> {
  const { options, job, terminal } = lasting;
  const skipped: Skipped[] = [];
  const items = await expandInputs(patterns, {
    recursive: options.recursive,
    wanted: job.wanted,
    filesOnly: job.filesOnly,
    onSkip: (path, reason) => skipped.push({ path, reason }),
  });
  const inputs = items.filter((item): item is Input => !('error' in item));
  const plan = await planOutputs(options.output, inputs);
  if (plan.kind === 'file') job.checkFile?.(plan.path);
  if (plan.kind === 'folder') job.checkFolder?.(plan.path);
  checkStreams(inputs, plan, job, options, terminal);
  const tasks = tasksOf(items, plan, job.extension, job);
  const jobs = options.jobs ?? availableParallelism();
  const lanes = Math.max(1, Math.min(jobs, tasks.length));
  // For a small picture the other threads would start too late.
  const isLarge = ({ path }: Input) => job.isLarge?.(path);
  const together = lanes > 1 || (jobs > 1 && (await Promise.all(inputs.map(isLarge))).some(is => is));
  const pool = together && !options.dryRun ? new ThreadPool(jobs) : undefined;
  const reporter = createReporter(terminal, options.json === true);
  // What the run itself makes beside its inputs is not reported as skipped.
  const outputs = new Set(tasks.flatMap(task => ('output' in task ? [resolve(task.output)] : [])));
  const news = skipped.filter(
    ({ path }) => !outputs.has(resolve(path)) && !lasting.memory.has(`skipped ${path}`),
  );
  for (const { path } of options.watch ? news : []) lasting.memory.set(`skipped ${path}`, '');
  const run: Run = { ...lasting, makeFolders: plan.kind !== 'beside', pool };
  const say = inOrder();
  const shares = new Map<Task, number>();
  let ended = 0;
  let [made, current] = [0, 0];
  const showProgress = (task: Task, fraction: number): void => {
    shares.set(task, fraction);
    const under = [...shares.values()].reduce((sum, share) => sum + share, 0);
    reporter.progress.update(Math.min(1, (ended + under) / tasks.length), task.input.path);
  };
  try {
    await reporter.skipped(news);
    await inLanes(lanes, tasks, async (task, index) => {
      let tell = async (): Promise<void> => {};
      try {
        const outcome = await runTask(task, run, fraction => showProgress(task as Task, fraction));
        if ('end' in task) task.end(task.input.path);
        if (outcome === 'known') tell = async () => {};
        else if (!('action' in outcome)) {
          made++;
          const report = { ...outcome, data: undefined }; // what waits to be told is small
          tell = () => reporter.done(report, job.verb === 'decoded');
        } else {
          if (outcome.action === 'skip') current++;
          tell = () => reporter.planned(outcome, job.verb);
        }
      } catch (error) {
        if (error instanceof UsageError) throw error;
        if (isClosedPipe(error) && options.json) throw error;
        tell = () => reporter.failed(task.input.path, error);
      } finally {
        ended++;
        shares.delete(task as Task);
        if ('end' in task) {
          task.end(undefined); // where it has not ended well
          task.shared.release();
        }
      }
      await say(index, tell);
    });
  } finally {
    await pool?.close();
    reporter.summary(made, job.verb, { current, skipped: news });
  }
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

/** stdout takes pictures or JSON, not both, and only one picture; a terminal takes none. */
function checkStreams(
  inputs: readonly Input[],
  plan: OutputPlan,
  { widths }: BatchJob,
  options: ManyOptions,
  terminal: Terminal,
): void {
  const toStdout =
    plan.kind === 'stdout' || (plan.kind === 'beside' && inputs.some(input => input.path === '-'));
  if (!toStdout) return;
  if (widths) throw new UsageError('--widths makes several files: name a folder or a file with -o');
  if (options.update || options.watch)
    throw new UsageError(`--${options.watch ? 'watch' : 'update'} goes with files: name one with -o`);
  if (options.json)
    throw new UsageError('--json and the file itself cannot both go to stdout: name a file with -o');
  if (terminal.stdout.isTTY && !options.force)
    throw new UsageError('stdout is a terminal: name a file with -o, redirect it, or --force');
}
