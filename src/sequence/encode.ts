import { crc32 } from '../bits/crc32.js';
import { copyOf } from '../core/copy-of.js';
import { CodecError } from '../core/errors.js';
import { colourCount, type Raster } from '../core/raster.js';
import { bigEndian } from '../format/big-endian.js';
import { joined } from '../format/joined.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { wholeFile } from '../format/whole-file.js';
import { psnrOf } from '../metrics/psnr.js';
import { stepCode } from '../planes/step.js';
import { type Coded, guessStep, searchStep, stepOfQuality, type Target } from '../rates/target.js';
import { type ClipSource, checkClip, checkedFrames } from './clip-source.js';
import { checkSequenceOptions, type SequenceEncodeOptions } from './options.js';
import { type ClipPlan, planClip } from './plan.js';
import { sequenceCoder } from './sequence-coder.js';

/**
 * Encodes a clip as a sequence. Throws CodecError: RASTER (a frame unlike the first, which it names), OPTION, LIMIT, ABORTED, or TARGET if
 * the clip cannot meet the target; and what `clip.frames()` throws.
 */
export async function encodeSequence(
  clip: ClipSource,
  options: SequenceEncodeOptions = {},
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of encodeSequenceStream(clip, options)) chunks.push(chunk);
  return joined(chunks);
}

/**
 * The same, chunk by chunk: header and background first, then frame after frame as each is coded. With a quality, at most 48 frames are in
 * memory at once, and the frames are read three times.
 */
export async function* encodeSequenceStream(
  clip: ClipSource,
  options: SequenceEncodeOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  checkSequenceOptions(options);
  checkClip(clip);
  const { psnr, size, bpp, quality = 75, effort = 5, temporalRank = 1, onFrame, onProgress } = options;
  const passes = effort < 3 ? 1 : effort < 7 ? 2 : 3;
  const count = clip.durations.length;
  if (psnr === undefined && size === undefined && bpp === undefined) {
    const plan = await planClip(clip, temporalRank, options);
    const coder = sequenceCoder(clip, plan, stepCode(stepOfQuality(quality)), passes);
    let crc = 0;
    const told = (bytes: Uint8Array): Uint8Array => {
      crc = crc32(bytes, 0, bytes.length, crc);
      return bytes;
    };
    yield told(coder.head);
    let index = 0;
    for await (const frame of checkedFrames(clip, options)) {
      const { bytes, error } = coder.next(frame);
      onFrame?.({ index, bytes: bytes.length, error });
      index++;
      onProgress?.(index / count);
      yield told(bytes);
    }
    yield bigEndian(crc, TRAILER_BYTES);
    return;
  }
  const frames: Raster[] = [];
  for await (const frame of checkedFrames(clip, options)) frames.push({ ...frame, data: copyOf(frame.data) });
  const held = { ...clip, frames: () => frames };
  const plan = await planClip(held, temporalRank, options);
  const { width, height } = frames[0]!;
  const target: Target =
    psnr !== undefined ? { psnr } : { bytes: size ?? Math.floor((bpp! * width * height * count) / 8), bpp };
  let tries = 0;
  const found = searchStep(
    code => {
      onProgress?.(1 - 0.7 ** tries++);
      return codeAll(held, frames, plan, code, passes, options);
    },
    target,
    stepCode(guessStep({ psnr: 80 })),
  );
  onProgress?.(1);
  yield found.bytes;
}

/** Codes the whole clip at one step. */
function codeAll(
  clip: ClipSource,
  frames: Raster[],
  plan: ClipPlan,
  code: number,
  passes: number,
  { onFrame, signal }: SequenceEncodeOptions,
): Coded {
  const coder = sequenceCoder(clip, plan, code, passes);
  const chunks = [coder.head];
  let error = 0;
  frames.forEach((frame, index) => {
    if (signal?.aborted) throw new CodecError('ABORTED', { field: 'signal', got: signal.reason });
    const coded = coder.next(frame);
    onFrame?.({ index, bytes: coded.bytes.length, error: coded.error });
    chunks.push(coded.bytes);
    error += coded.error;
  });
  const { width, height, channels } = frames[0]!;
  const samples = frames.length * width * height * colourCount(channels);
  return {
    bytes: wholeFile(joined(chunks), new Uint8Array(0), []),
    psnr: psnrOf(error / samples, 255),
    error,
  };
}
