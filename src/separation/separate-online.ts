import { fail } from '../core/errors.js';
import type { Raster } from '../core/raster.js';
import { OnlineSeparator } from './online.js';
import { checkOptions, type SeparateOptions } from './options.js';
import type { SeparatedFrame } from './separated-frame.js';

/**
 * Separates a clip of any length while it is read: gives every frame in order, and at the end returns the background, grey or RGB, in the
 * light that is the mean of all frames.
 *
 * The first 24 frames come together, separated by method 'svd' of `separate`. After them each frame is masked against the background as it
 * is known, which then follows the frame where nothing is masked, by recursive least squares that forget in about 50 frames. What stands in
 * one place in more frames than the background has been seen there (250 at most) takes its place. Memory is that of about `rank` + 8 frames
 * of 4 bytes a sample, however long the clip.
 *
 * Throws, while it is iterated, OPTION (rank, fewer than 2 frames, not more than `rank`), RASTER naming the frame, and ABORTED.
 */
export async function* separateOnline(
  frames: AsyncIterable<Raster> | Iterable<Raster>,
  options: Pick<SeparateOptions, 'rank' | 'signal'> = {},
): AsyncGenerator<SeparatedFrame, Raster, undefined> {
  const separator = new OnlineSeparator(checkOptions(options).rank);
  for await (const frame of frames) {
    if (options.signal?.aborted) fail('ABORTED', 'signal', options.signal.reason);
    yield* separator.push(frame);
  }
  yield* separator.finish();
  return separator.background();
}
