import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CodecError } from '../../core/errors.js';
import { hasAlpha, type Raster } from '../../core/raster.js';
import { bitsPerPixel } from '../../metrics/bits-per-pixel.js';
import { decodeBackground, decodeSequence } from '../../sequence/decode.js';
import type { SequenceInfo } from '../../sequence/inspect.js';
import { openSequence } from '../../sequence/open.js';
import type { SequenceFrame, SequenceOptions } from '../../sequence/sequence-frame.js';
import { loadSharp } from '../engine.js';
import { IoError, oneLine } from '../errors.js';
import { bytesOf } from '../files/read-bytes.js';
import { checkTarget, type WriteOptions, writeAtomically } from '../files/write-atomically.js';
import { asWriteError } from '../files/write-error.js';
import { checkEmpty, writeFolder } from '../files/write-folder.js';
import { formatFor, type ImageFormat } from '../formats/image-format.js';
import { convertRaster } from '../raster/convert-raster.js';
import { depthNote } from '../write/depth-note.js';
import { encodeImage } from '../write/encode-image.js';
import { ANIMATION_TIMES, animationDelays } from './animation-delays.js';
import type { ClipReport } from './clip-report.js';
import { soundPart } from './sound-part.js';

export interface DecodeClipOptions
  extends Pick<SequenceOptions, 'rank' | 'maxPixels' | 'signal'>,
    Omit<WriteOptions, 'inputs'> {
  /** Only this frame, counted from 1, as a picture. Those before it are read as well, but not painted. */
  frame?: number;
  /** Only the background, as a picture. */
  background?: boolean;
  /** The format of that one picture. Default: by the extension of the output, 'png' if it has none. */
  format?: ImageFormat | undefined;
  /**
   * Of a damaged sequence, decode the frames before the damage, or the layers of the background before it, with a note. If there are none,
   * it throws as without. Default false.
   */
  tolerant?: boolean | undefined;
  /** Called with the folder that holds all frames, before it is moved to its place. */
  onFrames?: (folder: string) => Promise<void>;
  /** The name of the input in the report. Default its path, or '(bytes)'. */
  name?: string;
}

/**
 * Decodes a sequence: to an animation if `output` ends in .gif or .webp, to a picture with `frame` or `background`, else to a folder with
 * 001.png, 002.png and so on, which must be new or empty unless `force` is set. That folder and those above it are made; those of a file
 * only with `makeFolders`.
 *
 * @param input path, or the bytes of a sequence
 * @throws IoError and CodecError; nothing is left at `output` then
 */
export async function decodeClip(
  input: string | Uint8Array,
  output: string,
  options: DecodeClipOptions = {},
): Promise<ClipReport> {
  const started = performance.now();
  const { frame, background, format, name, tolerant = false, ...others } = options;
  const { force, makeFolders, onTemporary, onFrames, ...codec } = others;
  const target = { force, makeFolders, onTemporary, inputs: typeof input === 'string' ? [input] : [] };
  const bytes = await bytesOf(input);
  const { info, damage, ...part } = soundPart(bytes, tolerant, background === true);
  const sound = bytes.subarray(0, part.length);
  if (frame !== undefined && !(Number.isInteger(frame) && frame >= 1 && frame <= info.frames))
    throw new CodecError('OPTION', { field: 'frame', got: frame, expected: `1 to ${info.frames}` });
  if (background && frame !== undefined)
    throw new CodecError('OPTION', { field: 'frame', got: 'frame and background', expected: 'one of them' });
  const notes = damage && frame === undefined ? [damage] : cutShort(info, options);
  const one = background || frame !== undefined;
  const decoded = decodeSequence(bytes, { ...codec, from: (frame ?? 1) - 1, channels: 'file' });
  if (one) {
    const wanted = format ?? formatFor(output);
    await checkTarget(output, target);
    const picture = background
      ? decodeBackground(sound, { maxPixels: codec.maxPixels, signal: codec.signal, channels: 'file' })
      : decoded.next().value!;
    const image = await encodeImage(picture, { format: wanted, name: output });
    notes.push(...image.notes);
    await writeAtomically(output, image.bytes, target);
  } else if (/^\.(gif|webp)$/i.test(extname(output))) {
    await checkTarget(output, target);
    const shownFrames = [...firstOf(decoded, part.frames)];
    const kind = /webp$/i.test(output) ? 'webp' : 'gif';
    notes.push(...changesIn(shownFrames, kind));
    await writeAtomically(output, await animationOf(shownFrames, info, kind, output), target);
  } else
    await writeFrames(firstOf(decoded, part.frames), part.frames, output, {
      ...{ force, onTemporary, onFrames, inputs: target.inputs },
    });
  const { width, height, channels, bitDepth, durations, loops, rank } = info;
  const first = frame === undefined ? 0 : frame - 1;
  const frames = one ? 1 : part.frames;
  const used = bytesUsed(sound, info, options);
  return {
    input: name ?? (typeof input === 'string' ? input : '(bytes)'),
    output,
    width,
    height,
    channels,
    bitDepth,
    frames,
    ...(background ? { background } : frame !== undefined && { frame }),
    duration: background ? 0 : durations.slice(first, first + frames).reduce((sum, ms) => sum + ms, 0),
    loops,
    bytes: used,
    bpp: bitsPerPixel(used, width, height * frames),
    rank: background ? 1 : Math.min(rank, codec.rank ?? rank),
    psnr: Number.NaN,
    milliseconds: performance.now() - started,
    notes,
  };
}

/** What is missing of a file that is cut short, if it matters to what is decoded. */
function cutShort(
  { complete, background: still, frames, frameBytes }: SequenceInfo,
  options: DecodeClipOptions,
): string[] {
  const { frame, background, rank } = options;
  const here = frameBytes.length;
  if (complete || rank !== undefined) return [];
  if (background)
    return still.complete ? [] : ['the file is cut short: decoded as far as its last whole layer'];
  if (frame === undefined)
    return [
      `the file is cut short: ${here} of ${frames} frames are whole, the others show what stands still`,
    ];
  return frame > here ? [`the file is cut short before frame ${frame}, which shows what stands still`] : [];
}

/** Bytes of the file up to the last that is decoded. */
function bytesUsed(
  bytes: Uint8Array,
  { factorBytes, frameBytes }: SequenceInfo,
  options: DecodeClipOptions,
): number {
  const { frame, background, rank = background ? 1 : undefined } = options;
  const sum = (sizes: number[]): number => sizes.reduce((all, size) => all + size, 0);
  const { start } = openSequence(bytes);
  if (rank !== undefined) return Math.min(bytes.length, start - sum(factorBytes.slice(rank)));
  return frame === undefined ? bytes.length : Math.min(bytes.length, start + sum(frameBytes.slice(0, frame)));
}

/** The first `count` of them; the next one is not even made. */
function* firstOf<T>(all: Iterable<T>, count: number): Generator<T, void, undefined> {
  let index = 0;
  for (const item of all) {
    yield item;
    if (++index === count) return;
  }
}

/** What an animation does not hold of these frames, one sentence each. */
function changesIn(frames: readonly SequenceFrame[], kind: 'gif' | 'webp'): string[] {
  const { channels, bitDepth } = frames[0]!;
  const notes: string[] = [];
  if (bitDepth === 16) notes.push(depthNote(kind));
  if (kind === 'gif') notes.push('gif has at most 256 colours a frame: others are replaced by near ones');
  if (kind === 'gif' && hasAlpha(channels))
    notes.push('gif has no partly transparent pixels: each became opaque or transparent');
  const { tick, least } = ANIMATION_TIMES[kind];
  if (frames.some(({ duration }) => duration > least && duration % tick !== 0))
    notes.push(`${kind} counts time in steps of ${tick} ms: durations are rounded`);
  if (frames.some(({ duration }) => duration < least))
    notes.push(`browsers slow down ${kind} frames of less than ${least} ms: they are shown for ${least} ms`);
  return notes;
}

/** An animated GIF, or a lossless animated WebP, of all frames. */
async function animationOf(
  frames: SequenceFrame[],
  { loops, width, height }: SequenceInfo,
  kind: 'gif' | 'webp',
  name: string,
): Promise<Uint8Array> {
  const sharp = await loadSharp();
  if (!sharp)
    throw new IoError('UNSUPPORTED', { path: name, reason: 'without sharp no animation can be written' });
  const { channels } = frames[0]!;
  const size = width * height * channels;
  const delays = animationDelays(
    frames.map(({ duration }) => duration),
    ANIMATION_TIMES[kind],
  );
  const timing = { loop: loops, delay: delays.flat() };
  try {
    const samples = new Uint8Array(size * timing.delay.length);
    let at = 0;
    for (const [t, frame] of frames.entries()) {
      const { data } = convertRaster(frame, channels, 8);
      for (const _ of delays[t]!) {
        samples.set(data, at);
        at += size;
      }
    }
    const image = sharp(samples, {
      raw: { width, height: height * timing.delay.length, channels, pageHeight: height },
      limitInputPixels: false,
    });
    return await (kind === 'webp' ? image.webp({ ...timing, lossless: true }) : image.gif(timing)).toBuffer();
  } catch (error) {
    throw new IoError('UNSUPPORTED', {
      path: name,
      reason: `cannot hold this clip: ${oneLine(error)}`,
      cause: error,
    });
  }
}

/** Frames as PNG files in a folder: all of them, or none. */
async function writeFrames(
  frames: Iterable<Raster>,
  count: number,
  folder: string,
  options: Pick<WriteOptions, 'force' | 'onTemporary' | 'inputs'> & Pick<DecodeClipOptions, 'onFrames'>,
): Promise<void> {
  await checkEmpty(folder, options);
  const digits = Math.max(3, String(count).length);
  const names = Array.from({ length: count }, (_, i) => `${String(i + 1).padStart(digits, '0')}.png`);
  const fill = async (temporary: string): Promise<void> => {
    let index = 0;
    for (const frame of frames) {
      const name = names[index++]!;
      const { bytes } = await encodeImage(frame, { format: 'png', name });
      await writeFile(join(temporary, name), bytes).catch(error => {
        throw asWriteError(folder, error);
      });
    }
    await options.onFrames?.(temporary);
  };
  await writeFolder(folder, names, fill, options);
}
