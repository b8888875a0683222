import type { Plane } from '../core/plane.js';
import { clamp } from './samples.js';

/**
 * Filters a channel other than the first, in place: to a sample are added the differences of the four samples two away from it, straight, each
 * clipped to 0.08 steps, times 7/16 in 8x8 blocks that have plane 0 alone, 7/32 in those that `coded` says are coded.
 */
export function smooth({ width, height, data }: Plane, coded: Uint8Array, step: number): void {
  const from = data.slice();
  const bound = 0.08 * step;
  const { abs } = Math;
  for (let y = 0, p = 0; y < height; y++) {
    const row = y * width;
    const north = clamp(0, y - 2, height - 1) * width;
    const south = clamp(0, y + 2, height - 1) * width;
    for (let x = 0; x < width; ) {
      // A clipped difference is half of |d + bound| - |d - bound|: comparisons take half as long again.
      const half = coded[(y >> 3) * (width >> 3) + (x >> 3)] ? 0.109375 : 0.21875;
      for (const end = x + 8; x < end; x++, p++) {
        const s = from[p]!;
        const m = bound - s;
        const n = bound + s;
        const a = from[row + clamp(0, x - 2, width - 1)]!;
        const b = from[row + clamp(0, x + 2, width - 1)]!;
        const c = from[north + x]!;
        const d = from[south + x]!;
        data[p] =
          s +
          half *
            (abs(a + m) -
              abs(a - n) +
              (abs(b + m) - abs(b - n)) +
              (abs(c + m) - abs(c - n)) +
              (abs(d + m) - abs(d - n)));
      }
    }
  }
}
