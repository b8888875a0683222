import { resolve } from 'node:path';
import { expandInputs, type Input } from '../io/index.js';
import type { BatchJob, ManyOptions } from './batch-job.js';
import { type Task, type TaskFailure, tasksOf } from './batch-tasks.js';
import { type OutputPlan, planOutputs } from './outputs.js';
import type { Skipped } from './reporter.js';
import { type Terminal, UsageError } from './terminal.js';

/** What one run works on. */
export interface RunPlan {
  /** Without those that could not be found. */
  inputs: Input[];
  tasks: (Task | TaskFailure)[];
  /** Make missing folders of outputs. */
  makeFolders: boolean;
  /** What was found, and is not for this job; without the outputs of the run itself. */
  skipped: Skipped[];
}

/** Finds the inputs and names the outputs. Throws UsageError if the options do not go with them. */
export async function planRun(
  patterns: readonly string[],
  options: ManyOptions,
  job: BatchJob,
  terminal: Terminal,
): Promise<RunPlan> {
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
  const outputs = new Set(tasks.flatMap(task => ('output' in task ? [resolve(task.output)] : [])));
  return {
    inputs,
    tasks,
    makeFolders: plan.kind !== 'beside',
    skipped: skipped.filter(({ path }) => !outputs.has(resolve(path))),
  };
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
