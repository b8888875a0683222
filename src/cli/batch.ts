import { availableParallelism } from 'node:os';
import type { Input } from '../io/index.js';
import { ThreadPool } from '../workers/pool.js';
import type { BatchJob, ManyOptions } from './batch-job.js';
import type { Task, TaskFailure } from './batch-tasks.js';
import { inOrder } from './in-order.js';
import { inLanes } from './lanes.js';
import { planRun } from './plan-run.js';
import { Record } from './record.js';
import { createReporter, isClosedPipe, type Reporter, type Skipped } from './reporter.js';
import { createRunProgress, type RunProgress } from './run-progress.js';
import { type Run, runTask } from './run-task.js';
import { EXIT, type Terminal, UsageError } from './terminal.js';
import { watchInputs } from './watch.js';

/** What stays the same from run to run while inputs are watched. */
type Lasting = Omit<Run, 'makeFolders' | 'pool'>;

/** Numbers of outputs that were made, and that are up to date. */
interface Counts {
  made: number;
  current: number;
}

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
  const lasting: Lasting = { options, job, terminal, record, memory: new Map<string, string>() };
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
async function runOnce(patterns: readonly string[], lasting: Lasting): Promise<number> {
  const { options, job, terminal } = lasting;
  const { inputs, tasks, makeFolders, skipped } = await planRun(patterns, options, job, terminal);
  const jobs = options.jobs ?? availableParallelism();
  const lanes = Math.max(1, Math.min(jobs, tasks.length));
  const needsThreads = lanes > 1 || (jobs > 1 && (await isAnyLarge(inputs, job)));
  const pool = needsThreads && !options.dryRun ? new ThreadPool(jobs) : undefined;
  const run: Run = { ...lasting, makeFolders, pool };
  const news = newsOf(skipped, lasting);
  const reporter = createReporter(terminal, options.json === true);
  const progress = createRunProgress(tasks.length, reporter.progress);
  const counts: Counts = { made: 0, current: 0 };
  const say = inOrder();
  try {
    await reporter.skipped(news);
    await inLanes(lanes, tasks, async (task, index) =>
      say(index, await settle(task, run, reporter, progress, counts)),
    );
  } finally {
    await pool?.close();
    reporter.summary(counts.made, job.verb, { current: counts.current, skipped: news });
  }
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

/** A small picture needs no threads besides its own: they would start too late. */
async function isAnyLarge(inputs: readonly Input[], job: BatchJob): Promise<boolean> {
  const areLarge = await Promise.all(inputs.map(({ path }) => job.isLarge?.(path)));
  return areLarge.some(is => is);
}

/** The skipped files that have not been reported; while inputs are watched, they will not be reported again. */
function newsOf(skipped: readonly Skipped[], { options, memory }: Lasting): Skipped[] {
  const news = skipped.filter(({ path }) => !memory.has(`skipped ${path}`));
  for (const { path } of options.watch ? news : []) memory.set(`skipped ${path}`, '');
  return news;
}

/** Does a task, and returns what reports its outcome. Throws what ends the whole run. */
async function settle(
  task: Task | TaskFailure,
  run: Run,
  reporter: Reporter,
  progress: RunProgress,
  counts: Counts,
): Promise<() => Promise<void>> {
  const { job, options } = run;
  try {
    const outcome = await runTask(task, run, fraction => progress.update(task, fraction));
    if ('end' in task) task.end(task.input.path);
    if (outcome === 'known') return async () => {};
    if ('action' in outcome) {
      if (outcome.action === 'skip') counts.current++;
      return () => reporter.planned(outcome, job.verb);
    }
    counts.made++;
    const report = { ...outcome, data: undefined }; // what waits to be told is small
    return () => reporter.done(report, job.verb === 'decoded');
  } catch (error) {
    if (error instanceof UsageError || (isClosedPipe(error) && options.json)) throw error;
    return () => reporter.failed(task.input.path, error);
  } finally {
    progress.end(task);
    if ('end' in task) {
      task.end(undefined); // where it has not ended well
      task.shared.release();
    }
  }
}
