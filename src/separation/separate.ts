import { fail } from '../core/errors.js';
import { frameCheck } from '../core/frames.js';
import { kindOf } from '../core/kind-of.js';
import type { Raster } from '../core/raster.js';
import { compose, meanBackground } from './background.js';
import { cutOut } from './cut-out.js';
import { decompose } from './decompose.js';
import { OnlineSeparator } from './online.js';
import { fromOpponent, type Planes, toOpponent } from './opponent.js';
import { checkCount, checkOptions, MAX_SAMPLES, type SeparateOptions } from './options.js';
import type { SeparatedFrame } from './separated-frame.js';

/** A clip, taken apart. */
export interface Separation {
  /** What stays, in the light that is the mean of all frames; 'online': as it was last. Grey or RGB. */
  background: Raster;
  /** One for each frame, in order. */
  frames: SeparatedFrame[];
}

/**
 * Separates the frames of a fixed camera into a background, which has low rank in time, and what moves in front of it. All frames have the same size, channels and bit
 * depth. There are at least 2, and more than `rank`. Alpha is kept in the cut-outs and ignored otherwise. Rank 1 is one picture under changing light; each further rank
 * allows one more way in which the whole picture changes.
 *
 * Frames are rows of a matrix. Its first background is by
 * - 'svd': each pixel's most frequent value in the light of the first singular vectors (truncated, randomised);
 * - 'rpca': principal component pursuit, many times slower;
 * - 'online': 'svd' of the first 24 frames; later frames one by one, see `separateOnline`.
 *
 * Then two steps alternate. Pixels that differ from the background by more than their noise, and whose neighbours agree, are masked. The background is fitted again to what is
 * not masked, by weighted least squares. There is no threshold to tune, because the noise is measured.
 *
 * Throws OPTION (no frames to iterate over, or fewer than 2, rank, method), RASTER naming the frame, LIMIT (2^29 samples of all frames; 'rpca' 2^26) and ABORTED.
 */
export function separate(frames: Iterable<Raster>, options: SeparateOptions = {}): Separation {
  const { method, rank } = checkOptions(options);
  if (typeof frames?.[Symbol.iterator] !== 'function')
    fail(
      'OPTION',
      'frames',
      kindOf(frames),
      'an iterable of rasters; separateOnline takes them as they come',
    );
  if (method === 'online') return collect(frames, rank, options);
  const check = frameCheck();
  const rasters: Raster[] = [];
  const planes: Planes[] = [];
  for (const frame of frames) {
    check(frame);
    rasters.push(frame);
    planes.push(toOpponent(frame));
    const samples = planes.length * planes[0]!.data.length;
    if (samples > MAX_SAMPLES[method])
      fail(
        'LIMIT',
        'samples',
        samples,
        `at most ${MAX_SAMPLES[method]} with method ${method}; 'online' has no limit`,
      );
  }
  checkCount(rasters.length, rank);
  const { width, bitDepth } = rasters[0]!;
  const { model, masks } = decompose(planes, width, method, rank, options);
  const data = new Float32Array(planes[0]!.data.length);
  const picture = (values: Float32Array): Raster =>
    fromOpponent({ ...planes[0]!, data: values }, width, bitDepth);
  return {
    background: picture(meanBackground(model)),
    frames: rasters.map((frame, index) => ({
      index,
      mask: masks[index]!,
      background: picture(compose(model.space, model.time, index * rank, data)),
      foreground: cutOut(frame, masks[index]!),
    })),
  };
}

function collect(frames: Iterable<Raster>, rank: number, options: SeparateOptions): Separation {
  const { signal, onProgress } = options;
  const count = Array.isArray(frames) ? frames.length : Infinity; // others do not say how many there are
  let done = 0;
  onProgress?.(0);
  const separator = new OnlineSeparator(rank);
  const found: SeparatedFrame[] = [];
  for (const frame of frames) {
    if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
    found.push(...separator.push(frame));
    onProgress?.(++done / (count + 1));
  }
  found.push(...separator.finish());
  onProgress?.(1);
  return { background: separator.background(), frames: found };
}
