import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, parse } from 'node:path';
import { collectGarbage } from '../io/collect-garbage.js';
import { readBytes } from '../io/files/read-bytes.js';
import { betterName, extensionOf, formatOfName } from '../io/formats/image-format.js';
import { SNIFF_BYTES } from '../io/formats/sniff.js';
import { type ClipReport, decodeClip, encodeClip, IoError } from '../io/index.js';
import { OF_PICTURES } from '../io/jobs/encode-any.js';
import { flagOf } from '../io/jobs/flag-of.js';
import { isAnimated, mayBeAnimated } from '../io/read/is-animated.js';
import { isSequence } from '../sequence/is-sequence.js';
import type { DecodeArguments, EncodeArguments } from './codec-commands.js';
import { firstBytes, takeStream } from './inputs.js';
import { checkExtension, formatOf } from './output-format.js';
import { outputOf, planOutputs } from './outputs.js';
import { createReporter } from './reporter.js';
import { EXIT, type Terminal, UsageError } from './terminal.js';

export interface ClipEncodeArguments extends EncodeArguments {
  fps?: number;
  temporalRank?: number;
}

export interface ClipDecodeArguments extends DecodeArguments {
  frame?: number;
  background?: boolean;
}

/** Larger files that have been looked at are not kept in memory beside the picture they become. */
const LARGE = 4_000_000;

/** Files that one might expect frames in. */
const OTHER_FILES = /^\.(lrk|mp4|m4v|mov|webm|mkv|avi|zip)$/i;

/** Options of encode and decode that sequences do not take. */
const NOT_ENCODING = [
  ...OF_PICTURES,
  ...(['strip', 'recursive', 'widths', 'jobs', 'update', 'dryRun', 'watch'] as const),
];
const NOT_DECODING = ['scale', 'region', 'update', 'dryRun', 'watch'] as const;

/**
 * Are these inputs the frames of one clip? Yes if an option says so, or if -o names an .lrk file and they are several files, a folder or an
 * animation. `stream` holds the only input if it can only be read once. Throws UsageError if they are a clip, and -o or other options do
 * not fit.
 */
export async function isClip(
  inputs: readonly string[],
  args: ClipEncodeArguments,
  stream?: Uint8Array,
): Promise<boolean> {
  const { output = '', fps, temporalRank } = args;
  const toFile = extname(output) === '.lrk' && !(await isFolder(output));
  const asked = fps !== undefined || temporalRank !== undefined;
  if (asked && !toFile) throw new UsageError('a sequence is one file: name it with -o, such as -o clip.lrk');
  if (!toFile || args.still || (!asked && (args.recursive || !(await areFrames(inputs, stream)))))
    return false;
  refuse(NOT_ENCODING, args);
  if (inputs.length > 1 && inputs.includes('-')) throw new UsageError('frames must be files, not -');
  return true;
}

/** Throws UsageError if one of these options is given. */
function refuse<K extends string>(options: readonly K[], args: { readonly [name in K]?: unknown }): void {
  const other = options.find(option => args[option] !== undefined);
  if (other) throw new UsageError(`${flagOf(other)} is for pictures: a sequence does not take it`);
}

async function areFrames(inputs: readonly string[], stream: Uint8Array | undefined): Promise<boolean> {
  if (inputs.length > 1) return true;
  if (stream) return isAnimated(stream, { pages: true });
  const [only] = inputs as [string];
  const stats = await stat(only).catch(() => undefined);
  if (!stats) return /[*?[{]/.test(only);
  if (stats.isDirectory()) return true;
  const head = await firstBytes(only, SNIFF_BYTES);
  if (!head || !mayBeAnimated(head)) return false;
  const are = await readBytes(only).then(
    bytes => isAnimated(bytes, { pages: true }),
    () => false,
  );
  if (!are && stats.size > LARGE) await collectGarbage();
  return are;
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true;

/**
 * Is the only input a sequence? `stream` holds it if it can only be read once. Throws UsageError if --frame or --background is given for
 * anything else.
 */
export async function isSequenceFile(
  inputs: readonly string[],
  { frame, background }: Pick<ClipDecodeArguments, 'frame' | 'background'>,
  stream?: Uint8Array,
): Promise<boolean> {
  const asked = frame !== undefined || background === true;
  const bytes = stream ?? (inputs.length === 1 ? await firstBytes(inputs[0]!) : undefined);
  if (bytes) {
    if (isSequence(bytes)) return true;
    if (!asked) return false;
  } else if (!asked) return false;
  else if (inputs.length === 1) return true; // there is no such file, as it will say
  throw new UsageError('--frame and --background are for one sequence');
}

/** lowrank encode of a clip: returns the exit code. */
export function runEncodeClip(
  inputs: readonly string[],
  args: ClipEncodeArguments,
  terminal: Terminal,
): Promise<number> {
  const { output, force, fps, temporalRank, limitPixels: maxPixels, quality, psnr, size, bpp, effort } = args;
  const [first] = inputs as [string];
  const stream = terminal.held?.get(first);
  return runOne(first, { json: args.json === true, from: false }, terminal, onProgress =>
    encodeClip(stream ?? inputs, output!, {
      ...(stream && { name: first }),
      force,
      makeFolders: true,
      fps,
      temporalRank,
      maxPixels,
      quality,
      psnr,
      size,
      bpp,
      effort,
      onProgress,
      onTemporary: terminal.onTemporary,
    }).catch(error => {
      throw withHint(error, inputs);
    }),
  );
}

/** Adds a hint to an error: what makes no clip was perhaps not meant to. */
function withHint(error: unknown, inputs: readonly string[]): unknown {
  if (!(error instanceof IoError) || error.code !== 'FRAMES') return error;
  const hint =
    inputs.length > 1
      ? 'several pictures with one .lrk file are taken for the frames of a clip: to encode each separately, name a folder with -o'
      : error.path === inputs[0] &&
        error.reason.startsWith('frame ') &&
        'to encode only its first picture use --still';
  return hint
    ? new IoError('FRAMES', { path: error.path, reason: `${error.reason}; ${hint}`, cause: error })
    : error;
}

/** lowrank decode of a sequence: returns the exit code. */
export async function runDecodeClip(
  input: string,
  args: ClipDecodeArguments,
  terminal: Terminal,
): Promise<number> {
  const { frame, background, rank, tolerant, force, limitPixels: maxPixels, format, json } = args;
  const picture = frame !== undefined || background;
  refuse(NOT_DECODING, args);
  if ((args.output ?? input) === '-')
    throw new UsageError('a sequence is decoded to files: name a folder or a file with -o');
  if (format && !picture)
    throw new UsageError('--format is for pictures: frames are PNG, animations by the extension of -o');
  if (!picture && args.output) refuseFile(args.output);
  const output = picture
    ? await pictureOf(input, args)
    : (args.output ?? join(dirname(input), parse(input).name));
  const source = (await takeStream(input, terminal)) ?? input;
  return runOne(input, { json: json === true, from: true }, terminal, () =>
    decodeClip(source, output, {
      name: input,
      frame,
      background,
      format: picture ? formatOf(args) : undefined,
      rank,
      tolerant,
      force,
      makeFolders: true,
      maxPixels,
      onTemporary: terminal.onTemporary,
    }),
  );
}

/** Throws UsageError if frames would get the name of a file that cannot hold them. */
function refuseFile(output: string): void {
  const extension = extname(output);
  if (/^\.(gif|webp)$/i.test(extension)) return;
  if (formatOfName(output))
    throw new UsageError(
      `${output} holds one picture: name a folder, .gif or .webp, or use --frame or --background`,
    );
  if (betterName(output) || OTHER_FILES.test(extension))
    throw new UsageError(
      `${output} is no kind of file that frames are written to: name a folder, .gif or .webp`,
    );
}

/** The output for one picture of a sequence: as for a picture's file. */
async function pictureOf(input: string, args: ClipDecodeArguments): Promise<string> {
  const item = { path: input, relative: basename(input), named: true };
  const plan = await planOutputs(args.output, [item]);
  if (plan.kind === 'file') checkExtension(plan.path, args.format);
  return outputOf(item, plan, extensionOf(formatOf(args)));
}

/** Does the work on one sequence, and reports it; with `from`, its bytes as those that were read. Returns the exit code. */
async function runOne(
  input: string,
  { json, from }: { json: boolean; from: boolean },
  terminal: Terminal,
  work: (onProgress: (fraction: number) => void) => Promise<ClipReport & { data?: Uint8Array }>,
): Promise<number> {
  const reporter = createReporter(terminal, json);
  try {
    const { data: _data, ...report } = await work(fraction => reporter.progress.update(fraction));
    await reporter.done(report, from);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    await reporter.failed(input, error);
  } finally {
    reporter.progress.end();
  }
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}
