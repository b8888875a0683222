import { colourCount } from '../../core/raster.js';
import { bitsPerPixel } from '../../metrics/bits-per-pixel.js';
import { psnrOf } from '../../metrics/psnr.js';
import { encodeSequence } from '../../sequence/encode.js';
import type { SequenceEncodeOptions } from '../../sequence/options.js';
import { isBytes } from '../files/read-bytes.js';
import { checkTarget, type WriteOptions, writeAtomically } from '../files/write-atomically.js';
import { checkLrkOutput } from '../formats/image-format.js';
import { type ReadClipOptions, readClip } from '../read/read-clip.js';
import type { ClipResult } from './clip-report.js';

export interface EncodeClipOptions
  extends Omit<SequenceEncodeOptions, 'onFrame'>,
    Pick<ReadClipOptions, 'fps' | 'engine' | 'name'>,
    Omit<WriteOptions, 'inputs'> {}

/**
 * Reads a clip (see `readClip`), encodes it as a sequence and writes that.
 *
 * @param inputs an animation or its bytes, folders, globs or pictures, one a frame
 * @param output path; undefined to get the bytes only
 * @throws IoError and CodecError, which name the frame; nothing is left at `output` then
 */
export async function encodeClip(
  inputs: readonly string[] | Uint8Array,
  output: string | undefined,
  options: EncodeClipOptions = {},
): Promise<ClipResult> {
  const started = performance.now();
  const { fps, engine, name, force, makeFolders, onTemporary, ...codec } = options;
  const paths = isBytes(inputs) ? [] : inputs;
  const target = { force, makeFolders, onTemporary, inputs: paths };
  if (output !== undefined) {
    checkLrkOutput(output);
    await checkTarget(output, target);
  }
  const clip = await readClip(inputs, { fps, engine, name, maxPixels: codec.maxPixels });
  const { width, height, channels, bitDepth, durations, loops, notes } = clip;
  // By frame: for a target the clip is coded several times, and the result need not be from the last coding.
  const errors: number[] = [];
  const once = codec.psnr === undefined && codec.size === undefined && codec.bpp === undefined;
  const bytes = await encodeSequence(clip, {
    ...codec,
    ...(once && { onFrame: ({ index, error }) => void (errors[index] = error) }),
  });
  if (output !== undefined) await writeAtomically(output, bytes, target);
  const samples = width * height * colourCount(channels) * durations.length;
  const error = errors.reduce((sum, frameError) => sum + frameError, 0);
  return {
    input: name ?? (paths.length === 0 ? '(bytes)' : paths.length === 1 ? paths[0]! : `${paths[0]} ...`),
    output: output ?? null,
    width,
    height,
    channels,
    bitDepth,
    frames: durations.length,
    duration: durations.reduce((sum, duration) => sum + duration, 0),
    loops,
    bytes: bytes.length,
    bpp: bitsPerPixel(bytes.length, width, height * durations.length),
    rank: codec.temporalRank ?? 1,
    psnr: once ? psnrOf(error / samples, 255) : Number.NaN,
    milliseconds: performance.now() - started,
    notes,
    data: bytes,
  };
}
