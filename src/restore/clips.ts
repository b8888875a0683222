import { clamp, LARGEST_SAMPLE } from './samples.js';

/** Differences of samples lie below this, either sign. */
export const DIFFERENCES = 2 * LARGEST_SAMPLE + 2;

/** Both clips of a difference d at [d + DIFFERENCES]: the wide one times 65,536, plus the narrow one, plus `narrow`. */
export interface Clips {
  narrow: number;
  table: Int32Array;
}

/** Clips to floor(32 D + 1/2) and to floor(3.2 D + 1/2) for the quantiser step D: two steps, and a fifth of one. */
export function clipsOf(step: number): Clips {
  const wide = Math.floor(32 * step + 0.5);
  const narrow = Math.floor(3.2 * step + 0.5);
  const table = new Int32Array(2 * DIFFERENCES).map((_, i) => {
    const d = i - DIFFERENCES;
    return clamp(-wide, d, wide) * 65_536 + clamp(-narrow, d, narrow) + narrow;
  });
  return { narrow, table };
}
