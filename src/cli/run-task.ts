import { createHash } from 'node:crypto';
import { dirname, extname } from 'node:path';
import { VERSION } from '../format/signature.js';
import { makeFolders } from '../io/files/make-folders.js';
import { clearLeftovers } from '../io/files/temporary.js';
import { checkTarget } from '../io/files/write-atomically.js';
import { checkEmpty } from '../io/files/write-folder.js';
import { writeToStream } from '../io/files/write-to-stream.js';
import { type ClipReport, type FileResult, IoError, type Resize, writeAtomically } from '../io/index.js';
import type { ThreadPool } from '../workers/pool.js';
import type { BatchJob, ManyOptions } from './batch-job.js';
import type { Task, TaskFailure } from './batch-tasks.js';
import { isStream, takeStream } from './inputs.js';
import { collision } from './outputs.js';
import { type Record, sumOf } from './record.js';
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

/** What a run does, or would do, for a task. */
export interface Planned {
  input: string;
  output: string;
  action: 'make' | 'skip';
}

/** Does one task: makes and writes the file, unless it is up to date, was tried before, or this is a dry run. */
export async function runTask(
  task: Task | TaskFailure,
  run: Run,
  onProgress: (fraction: number) => void,
): Promise<FileResult | ClipReport | Planned | 'known'> {
  if ('error' in task) {
    if (run.options.watch && run.memory.get(task.input.path) === String(task.error)) return 'known';
    run.memory.set(task.input.path, String(task.error));
    throw task.error;
  }
  const { input, resize } = task;
  const fill = task.output === '-' ? undefined : await run.job.fill?.(input.path);
  const output = fill ? withoutExtension(task.output) : task.output;
  const other = await task.rival?.ended;
  if (other !== undefined) {
    task.end(other);
    throw collision(output, other);
  }
  const { options, job, terminal, record, memory } = run;
  const toFile = output !== '-';
  if (toFile && !options.dryRun) await clearLeftovers(dirname(output));
  const key =
    record && toFile && !(await isStream(input.path))
      ? await keyOf(record, input.path, job, resize)
      : undefined;
  const standing = key === undefined ? undefined : await record!.standing(output, key);
  if (options.watch && key !== undefined) {
    const before = memory.get(output);
    if (before === failed(key)) return 'known';
    if (before === key && standing !== 'missing' && standing !== 'outdated') return 'known';
    memory.set(output, failed(key)); // until it is made
  }
  const planned = { input: input.path, output };
  if (standing === 'current') {
    memory.set(output, key!);
    return { ...planned, action: 'skip' };
  }
  const target = {
    force: options.force === true || standing === 'outdated',
    makeFolders: run.makeFolders,
    inputs: input.path === '-' ? [] : [input.path],
  };
  if (toFile) await (fill ? checkEmpty : checkTarget)(output, target);
  if (options.dryRun) return { ...planned, action: 'make' };
  onProgress(0);
  const writer = Symbol(output);
  const onTemporary = (path: string | undefined): void => terminal.onTemporary?.(path, writer);
  const note = async (sum: string): Promise<void> => {
    if (run.makeFolders) await makeFolders(dirname(output));
    await record!.note(output, sum, key!);
  };
  if (fill) {
    const onFrames = async (folder: string): Promise<void> => note(await record!.sum(folder));
    const filled = await fill(output, { ...target, onTemporary, ...(key !== undefined && { onFrames }) });
    if (key !== undefined) memory.set(output, key);
    return filled;
  }
  const { source, image } = await task.shared.take(async () => {
    const wholeInput = (await takeStream(input.path, terminal)) ?? input.path;
    return { source: wholeInput, image: await job.read?.(wholeInput, input.path) };
  });
  const result = await job
    .run(source, { name: input.path, resize, image, pool: run.pool, onProgress })
    .catch((error: unknown) => {
      throw named(error, output);
    });
  if (toFile) {
    if (key !== undefined) await note(sumOf(result.data));
    await writeAtomically(output, result.data, { ...target, onTemporary });
  } else await writeToStream(terminal.stdout, result.data);
  if (key !== undefined) memory.set(output, key);
  onProgress(1);
  return { ...result, output };
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
