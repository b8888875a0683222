import { createHash } from 'node:crypto';
import { dirname, extname } from 'node:path';
import { VERSION } from '../format/signature.js';
import { makeFolders } from '../io/files/make-folders.js';
import { clearLeftovers } from '../io/files/temporary.js';
import { checkTarget } from '../io/files/write-atomically.js';
import { checkEmpty } from '../io/files/write-folder.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import {
  type ClipReport,
  type FileResult,
  IoError,
  type Resize,
  type WriteOptions,
  writeAtomically,
} from '../io/index.js';
import type { ThreadPool } from '../workers/pool.js';
import type { BatchJob, ManyOptions } from './batch-job.js';
import type { Task, TaskFailure } from './batch-tasks.js';
import { isStream, takeStream } from './inputs.js';
import { collision } from './outputs.js';
import { type Record, type Standing, sumOf } from './record.js';
import type { Terminal } from './terminal.js';
import { readVersion } from './version.js';

/** What the tasks of one run share. */
export interface Run {
  options: ManyOptions;
  job: BatchJob;
  terminal: Terminal;
  /** Make missing folders of outputs. */
  makeFolders: boolean;
  /** Undefined: work in this thread. */
  pool: ThreadPool | undefined;
  /** Undefined: everything is made, nothing is recorded. */
  record: Record | undefined;
  /** While inputs are watched: what was tried before, by output, or by input if there is none. It is not reported again. */
  memory: Map<string, string>;
}

/** How an output is written. */
type Target = Pick<WriteOptions, 'force' | 'makeFolders' | 'inputs'>;
type Fill = NonNullable<Awaited<ReturnType<NonNullable<BatchJob['fill']>>>>;

/** What a run does, or would do, for a task. */
export interface Planned {
  input: string;
  output: string;
  action: 'make' | 'skip';
}

/** A task with what decides whether its output has to be made. */
interface Prepared {
  task: Task;
  output: string;
  /** Undefined: the output is a file. */
  fill: Fill | undefined;
  /** What the output is made from; undefined: that is not recorded. */
  key: string | undefined;
  standing: Standing | undefined;
}

/** Does one task: makes and writes the file, unless it is up to date, was tried before, or this is a dry run. */
export async function runTask(
  task: Task | TaskFailure,
  run: Run,
  onProgress: (fraction: number) => void,
): Promise<FileResult | ClipReport | Planned | 'known'> {
  const { options, memory } = run;
  if ('error' in task) {
    if (options.watch && memory.get(task.input.path) === String(task.error)) return 'known';
    memory.set(task.input.path, String(task.error));
    throw task.error;
  }
  const prepared = await prepare(task, run);
  const { output, fill, key, standing } = prepared;
  if (wasTried(prepared, run)) return 'known';
  const planned = { input: task.input.path, output };
  if (standing === 'current') {
    memory.set(output, key!);
    return { ...planned, action: 'skip' };
  }
  const target: Target = {
    force: options.force === true || standing === 'outdated',
    makeFolders: run.makeFolders,
    inputs: task.input.path === '-' ? [] : [task.input.path],
  };
  if (output !== '-') await (fill ? checkEmpty : checkTarget)(output, target);
  if (options.dryRun) return { ...planned, action: 'make' };
  onProgress(0);
  const report = fill
    ? await fillFolder(prepared, fill, target, run)
    : await makeFile(prepared, target, run, onProgress);
  if (key !== undefined) memory.set(output, key);
  return report;
}

/** Names the output and finds out how it stands. Throws COLLISION if an earlier task of the run has made it. */
async function prepare(task: Task, run: Run): Promise<Prepared> {
  const { options, job, record } = run;
  const { path } = task.input;
  const fill = task.output === '-' ? undefined : await job.fill?.(path);
  const output = fill ? withoutExtension(task.output) : task.output;
  const other = await task.rival?.ended;
  if (other !== undefined) {
    task.end(other);
    throw collision(output, other);
  }
  const toFile = output !== '-';
  if (toFile && !options.dryRun) await clearLeftovers(dirname(output));
  const isRecorded = record && toFile && !(await isStream(path));
  const key = isRecorded ? await keyOf(record, path, job, task.resize) : undefined;
  const standing = key === undefined ? undefined : await record!.standing(output, key);
  return { task, output, fill, key, standing };
}

/** Was it tried in an earlier run, while inputs are watched? If not, it counts as failed until it is made. */
function wasTried({ output, key, standing }: Prepared, { options, memory }: Run): boolean {
  if (!options.watch || key === undefined) return false;
  const before = memory.get(output);
  if (before === failed(key)) return true;
  if (before === key && standing !== 'missing' && standing !== 'outdated') return true;
  memory.set(output, failed(key));
  return false;
}

async function fillFolder(
  { output, key }: Prepared,
  fill: Fill,
  target: Target,
  run: Run,
): Promise<ClipReport> {
  const onTemporary = reporterOfTemporary(output, run);
  const onFrames = async (folder: string): Promise<void> =>
    note(output, await run.record!.sum(folder), key!, run);
  return fill(output, { ...target, onTemporary, ...(key !== undefined && { onFrames }) });
}

async function makeFile(
  { task, output, key }: Prepared,
  target: Target,
  run: Run,
  onProgress: (fraction: number) => void,
): Promise<FileResult> {
  const { job, terminal, pool } = run;
  const { input, resize } = task;
  const onTemporary = reporterOfTemporary(output, run);
  const { source, image } = await task.shared.take(async () => {
    const wholeInput = (await takeStream(input.path, terminal)) ?? input.path;
    return { source: wholeInput, image: await job.read?.(wholeInput, input.path) };
  });
  const result = await job
    .run(source, { name: input.path, resize, image, pool, onProgress })
    .catch((error: unknown) => {
      throw named(error, output);
    });
  if (output === '-') await writeToStream(terminal.stdout, result.data);
  else {
    if (key !== undefined) await note(output, sumOf(result.data), key, run);
    await writeAtomically(output, result.data, { ...target, onTemporary });
  }
  onProgress(1);
  return { ...result, output };
}

/** Tells the terminal of the temporary file of one output, which it removes if the process is ended. */
function reporterOfTemporary(output: string, { terminal }: Run): (path: string | undefined) => void {
  const writer = Symbol(output);
  return path => terminal.onTemporary?.(path, writer);
}

/** Records what an output with this checksum is made from. */
async function note(output: string, sum: string, key: string, run: Run): Promise<void> {
  if (run.makeFolders) await makeFolders(dirname(output));
  await run.record!.note(output, sum, key);
}

const withoutExtension = (path: string): string => path.slice(0, path.length - extname(path).length);

/** The entry in memory for a failed attempt. */
const failed = (key: string): string => `${key} failed`;

/** A hash of everything a file is made from: the input's content, the settings, and the versions of this package and its format. */
async function keyOf(
  record: Record,
  path: string,
  job: BatchJob,
  resize: Resize | undefined,
): Promise<string | undefined> {
  const sum = await record.sum(path).catch(() => undefined);
  if (sum === undefined) return undefined; // reading it will say why
  const settings = Object.entries({ ...job.settings, resize }).filter(([, value]) => value !== undefined);
  return createHash('sha256')
    .update(JSON.stringify([readVersion(), VERSION, job.extension, settings.sort(), sum]))
    .digest('hex');
}

/** Adds the output's name to an error of making an image file, which does not know it. */
const named = (error: unknown, output: string): unknown =>
  error instanceof IoError && error.path === '(bytes)'
    ? new IoError(error.code, { path: output, reason: error.reason, cause: error.cause })
    : error;
