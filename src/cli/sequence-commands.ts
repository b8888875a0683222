import { open, stat } from 'node:fs/promises';
import { dirname, extname, join, parse } from 'node:path';
import { writeToStream } from '../io/files/write-to-stream.js';
import { type ClipReport, decodeClip, encodeClip } from '../io/index.js';
import { isAnimated } from '../io/read/is-animated.js';
import { isSequence } from '../sequence/read-header.js';
import type { DecodeArguments, EncodeArguments } from './codec-commands.js';
import { count, decibels } from './report-line.js';
import { createReporter } from './reporter.js';
import { EXIT, readAll, type Terminal, UsageError } from './terminal.js';

export interface ClipEncodeArguments extends EncodeArguments {
  fps?: number;
  temporalRank?: number;
}

export interface ClipDecodeArguments extends DecodeArguments {
  frame?: number;
  background?: boolean;
}

/** What a sequence does not take, of the options of pictures. */
const OF_PICTURES = [
  ...(['rank', 'layout', 'basis', 'tune', 'strip', 'recursive', 'ssimulacra2'] as const),
  ...(['resize', 'widths', 'jobs', 'update', 'dryRun', 'watch'] as const),
];

/**
 * Are these inputs the frames of one clip? Where an option says so, and where -o names an .lrk file and they are several, a folder or an animation.
 * Throws UsageError where they are and -o or other options do not fit.
 */
export async function isClip(inputs: readonly string[], args: ClipEncodeArguments): Promise<boolean> {
  const { output = '', fps, temporalRank } = args;
  const toFile = extname(output) === '.lrk' && !(await isFolder(output));
  const asked = fps !== undefined || temporalRank !== undefined;
  if (asked && !toFile) throw new UsageError('a sequence is one file: name it with -o, such as -o clip.lrk');
  if (!toFile || (!asked && (args.recursive || !(await areFrames(inputs))))) return false;
  const other = OF_PICTURES.find(option => args[option] !== undefined);
  if (other)
    throw new UsageError(
      `--${other.replace('dryRun', 'dry-run')} is for pictures: a sequence does not take it`,
    );
  if (inputs.includes('-')) throw new UsageError('frames are files: - is none');
  return true;
}

async function areFrames(inputs: readonly string[]): Promise<boolean> {
  const [only] = inputs as [string];
  if (inputs.length > 1) return true;
  if (only === '-') return false;
  const stats = await stat(only).catch(() => undefined);
  if (!stats) return /[*?[{]/.test(only);
  return stats.isDirectory() || isAnimated(only).catch(() => false);
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true;

/** Is the one input a sequence? `stdin` is all of that where it is the input. Throws UsageError where --frame or --background is for none. */
export async function isSequenceFile(
  inputs: readonly string[],
  { frame, background }: Pick<ClipDecodeArguments, 'frame' | 'background'>,
  stdin?: Uint8Array,
): Promise<boolean> {
  const asked = frame !== undefined || background === true;
  const bytes = stdin ?? (inputs.length === 1 ? await firstBytes(inputs[0]!) : undefined);
  if (bytes) {
    if (isSequence(bytes)) return true;
    if (!asked) return false;
  } else if (!asked) return false;
  else if (inputs.length === 1) return true; // there is no such file, as it will say
  throw new UsageError('--frame and --background are for one sequence');
}

/** Undefined where there is no file. */
async function firstBytes(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path).catch(() => undefined);
  try {
    const read = await file?.read(new Uint8Array(8), 0, 8, 0);
    return read?.buffer.subarray(0, read.bytesRead);
  } catch {
    return new Uint8Array(0); // a folder: the command itself says so
  } finally {
    await file?.close();
  }
}

/** lowrank encode of a clip: returns the exit code. */
export function runEncodeClip(
  inputs: readonly string[],
  args: ClipEncodeArguments,
  terminal: Terminal,
): Promise<number> {
  const { output, force, fps, temporalRank, limitPixels: maxPixels, quality, psnr, size, bpp, effort } = args;
  return runOne(inputs[0]!, args.json === true, terminal, onProgress =>
    encodeClip(inputs, output!, {
      force,
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
    }),
  );
}

/** lowrank decode of a sequence: returns the exit code. */
export async function runDecodeClip(
  input: string,
  args: ClipDecodeArguments,
  terminal: Terminal,
): Promise<number> {
  const { frame, background, rank, force, limitPixels: maxPixels, format, json } = args;
  const picture = frame !== undefined || background;
  if ((args.output ?? input) === '-')
    throw new UsageError('a sequence is decoded to files: name a folder or a file with -o');
  if (format && !picture)
    throw new UsageError('--format is for pictures: frames are PNG, animations by the extension of -o');
  if (!picture && args.output && /^\.(png|jpe?g|jpe|jfif|avif|tiff?)$/i.test(extname(args.output)))
    throw new UsageError(
      `${args.output} holds one picture: name a folder, .gif or .webp, or say --frame or --background`,
    );
  const name = join(dirname(input), parse(input).name);
  const output = args.output ?? (picture ? `${name}.${format ?? 'png'}` : name);
  const source = input === '-' ? await readAll(terminal.stdin) : input;
  return runOne(input, json === true, terminal, () =>
    decodeClip(source, output, {
      name: input,
      frame,
      background,
      rank,
      force,
      maxPixels,
      onTemporary: terminal.onTemporary,
    }),
  );
}

async function runOne(
  input: string,
  json: boolean,
  terminal: Terminal,
  work: (onProgress: (fraction: number) => void) => Promise<ClipReport>,
): Promise<number> {
  const reporter = createReporter(terminal, json);
  try {
    const { notes, ...report } = await work(fraction => reporter.progress.update(fraction));
    for (const note of notes) reporter.progress.line(`${report.input}: note: ${note}`);
    if (json) await writeToStream(terminal.stdout, `${JSON.stringify(report)}\n`);
    else reporter.progress.line(clipLine(report));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    await reporter.failed(input, error);
  } finally {
    reporter.progress.end();
  }
  return reporter.failures() > 0 ? EXIT.failure : EXIT.ok;
}

/** 'clip.gif -> clip.lrk: 48 frames of 320 x 240, 2.0 s, 45,123 bytes, 0.098 bpp, 36.21 dB, 9.1 s'. */
function clipLine(report: Omit<ClipReport, 'notes'>): string {
  const { input, output, frames, width, height, duration, bytes, bpp, psnr, milliseconds } = report;
  const quality = Number.isNaN(psnr) ? '' : `${decibels(psnr)}, `;
  return (
    `${input} -> ${output}: ${frames} frames of ${width} x ${height}, ${(duration / 1000).toFixed(2)} s, ` +
    `${count(bytes)} bytes, ${bpp.toFixed(3)} bpp, ${quality}took ${(milliseconds / 1000).toFixed(1)} s`
  );
}
