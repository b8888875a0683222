import { clamp } from '../core/clamp.js';
import { LARGEST_SAMPLE } from './samples.js';

/** Differences of samples are smaller than this, either sign. */
export const DIFFERENCES = 2 * LARGEST_SAMPLE + 2;

/**
 * For the quantiser step D, both clips of a difference d at [d + DIFFERENCES]: the clip to `wide` = floor(32 D + 1/2), two steps, times
 * 65,536, plus the clip to `narrow` = floor(3.2 D + 1/2), a fifth of a step, plus `narrow`. So the entry for d = 0 is `narrow`.
 */
export function clipsOf(step: number): Int32Array {
  const wide = Math.floor(32 * step + 0.5);
  const narrow = Math.floor(3.2 * step + 0.5);
  const clips = new Int32Array(2 * DIFFERENCES);
  for (let i = 0; i < clips.length; i++) {
    const d = i - DIFFERENCES;
    clips[i] = clamp(-wide, d, wide) * 65_536 + clamp(-narrow, d, narrow) + narrow;
  }
  return clips;
}
