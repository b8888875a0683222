import { CodecError } from '../core/errors.js';
import { frameCheck, inFrame } from '../core/frames.js';
import { kindOf } from '../core/kind-of.js';
import { checkPixels } from '../core/limits.js';
import type { Raster } from '../core/raster.js';
import { DURATION_UNIT, MAX_DURATION, MAX_FRAMES, MAX_LOOPS } from './header.js';

/** Frames to encode, such as `readClip` of `lowrank/node` returns. */
export interface ClipSource {
  /** How long each frame is shown, in milliseconds, 0 to 3,600,000; one for each frame, 1 to 1,048,576. */
  durations: readonly number[];
  /** How often the clip is shown, 0 (for ever, the default) to 65,535. */
  loops?: number;
  /** The frames in order, all of one size, channel count and bit depth. Called more than once, each time from the first frame. */
  frames(): Iterable<Raster> | AsyncIterable<Raster>;
}

/** Throws OPTION if it is not a clip, or if durations or loops are out of range. */
export function checkClip(clip: ClipSource): void {
  const most = MAX_DURATION / DURATION_UNIT;
  const fail = (field: string, got: unknown, expected: string): never => {
    throw new CodecError('OPTION', { field, got, expected });
  };
  if (typeof clip?.frames !== 'function' || typeof clip.durations?.forEach !== 'function')
    fail('clip', kindOf(clip), '{ durations, frames() }');
  const { durations, loops = 0 } = clip;
  if (durations.length < 1 || durations.length > MAX_FRAMES)
    fail('durations', `${durations.length} frames`, `1 to ${MAX_FRAMES}`);
  durations.forEach((duration, i) => {
    if (!(duration >= 0 && duration <= most)) fail(`duration of frame ${i + 1}`, duration, `0 to ${most} ms`);
  });
  if (!(Number.isInteger(loops) && loops >= 0 && loops <= MAX_LOOPS))
    fail('loops', loops, `0 to ${MAX_LOOPS}`);
}

/**
 * The frames of a clip, checked: each is like the first, and there are as many as durations. Throws RASTER or LIMIT, naming the frame, and
 * ABORTED.
 */
export async function* checkedFrames(
  clip: ClipSource,
  { maxPixels, signal }: { maxPixels?: number; signal?: AbortSignal },
): AsyncGenerator<Raster, void, undefined> {
  const { length } = clip.durations;
  const check = frameCheck();
  let count = 0;
  for await (const frame of clip.frames()) {
    if (signal?.aborted) throw new CodecError('ABORTED', { field: 'signal', got: signal.reason });
    if (++count > length)
      throw new CodecError('RASTER', { field: 'frames', got: `${count} or more`, expected: `${length}` });
    check(frame);
    inFrame(count, () => checkPixels(frame, maxPixels));
    yield frame;
  }
  if (count < length) throw new CodecError('RASTER', { field: 'frames', got: count, expected: `${length}` });
}
