import { writeToStream } from '../io/files/write-to-stream.js';
import { expandInputs, type FileResult, type Input, type Wanted } from '../io/index.js';
import { collisionGuard, type OutputPlan, outputOf, planOutputs } from './outputs.js';
import { createReporter, isClosedPipe } from './reporter.js';
import { EXIT, readAll, type Terminal, UsageError } from './terminal.js';

/** What every command that writes files takes. */
export interface BatchOptions {
  output?: string;
  recursive?: boolean;
  force?: boolean;
  json?: boolean;
}

/** What one command does with one input. */
export interface BatchJob {
  /** Past tense, for the summary: 'encoded'. */
  verb: string;
  wanted: Wanted;
  /** Of the outputs, with its dot. */
  extension: string;
  /** Throws UsageError if -o names a file that this command cannot make. */
  checkFile?(path: string): void;
  /** Works on a path or on bytes, writes `output` unless it is undefined. */
  run(source: string | Uint8Array, output: string | undefined, common: JobContext): Promise<FileResult>;
}

/** What a job needs to know besides input and output. */
export interface JobContext {
  name: string;
  makeFolders: boolean;
  onProgress(fraction: number): void;
}

/** Runs a job on every input; one that fails does not stop the others. Returns the exit code. */
export async function runBatch(
  patterns: readonly string[],
  options: BatchOptions,
  job: BatchJob,
  terminal: Terminal,
): Promise<number> {
  const items = await expandInputs(patterns, { recursive: options.recursive, wanted: job.wanted });
  const inputs = items.filter((item): item is Input => !('error' in item));
  const plan = await planOutputs(options.output, inputs);
  if (plan.kind === 'file') job.checkFile?.(plan.path);
  checkStreams(inputs, plan, options, terminal);
  const reporter = createReporter(terminal, options.json === true);
  const guard = collisionGuard();
  let succeeded = 0;
  try {
    for (const [index, item] of items.entries()) {
      try {
        if ('error' in item) throw item.error;
        const onProgress = (fraction: number): void =>
          reporter.progress.update((index + fraction) / items.length);
        const result = await runOne(item, plan, job, guard, onProgress, terminal);
        onProgress(1);
        await reporter.done(result, job.verb === 'decoded');
        succeeded++;
      } catch (error) {
        if (isClosedPipe(error) && options.json) return EXIT.ok; // the reader of our objects has seen enough
        if (error instanceof UsageError) throw error;
        await reporter.failed(item.path, error);
      }
    }
  } finally {
    reporter.summary(succeeded, job.verb);
  }
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

async function runOne(
  item: Input,
  plan: OutputPlan,
  job: BatchJob,
  guard: ReturnType<typeof collisionGuard>,
  onProgress: (fraction: number) => void,
  terminal: Terminal,
): Promise<FileResult> {
  const output = outputOf(item, plan, job.extension);
  guard(item.path, output);
  const source = item.path === '-' ? await readAll(terminal.stdin) : item.path;
  const context: JobContext = { name: item.path, makeFolders: plan.kind === 'folder', onProgress };
  if (output !== '-') return job.run(source, output, context);
  const result = await job.run(source, undefined, context);
  await writeToStream(terminal.stdout, result.data);
  return { ...result, output: '-' };
}

/** stdout takes either pictures or JSON, and a terminal takes no pictures. */
function checkStreams(
  inputs: readonly Input[],
  plan: OutputPlan,
  options: BatchOptions,
  terminal: Terminal,
): void {
  const toStdout =
    plan.kind === 'stdout' || (plan.kind === 'beside' && inputs.some(input => input.path === '-'));
  if (!toStdout) return;
  if (options.json)
    throw new UsageError('--json and the file itself cannot both go to stdout: name a file with -o');
  if (terminal.stdout.isTTY && !options.force)
    throw new UsageError('stdout is a terminal: name a file with -o, redirect it, or --force');
}
