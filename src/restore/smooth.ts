import type { Plane } from '../core/plane.js';
import { clamp } from './samples.js';

/**
 * Filters a channel other than the first, in place: to a sample are added the differences of the four samples two away from it, straight, each
 * clipped to 0.08 steps, times 7/16 in 8x8 blocks that have plane 0 alone, 7/32 in those that are `coded`.
 */
export function smooth({ width, height, data }: Plane, coded: Uint8Array, step: number): void {
  const bound = 0.08 * step;
  const { abs } = Math;
  // Rows as they were, with two samples repeated at either end: this one and the two above. A copy of the whole plane takes longer.
  const rows = [0, 1, 2].map(() => new Float32Array(width + 4));
  for (let y = 0, p = 0; y < height; y++) {
    const row = rows[y % 3]!;
    row.set(data.subarray(p, p + width), 2);
    row.fill(row[2]!, 0, 2);
    row.fill(row[width + 1]!, width + 2);
    const north = rows[clamp(0, y - 2, y) % 3]!;
    const south = (clamp(0, y + 2, height - 1) - y) * width;
    for (let x = 2; x < width; ) {
      // A clipped difference is half of |d + bound| - |d - bound|: comparisons take half as long again.
      const half = coded[(y >> 3) * (width >> 3) + (x >> 3)] ? 0.109375 : 0.21875;
      for (const end = x + 8; x < end; x++, p++) {
        const s = row[x]!;
        const m = bound - s;
        const n = bound + s;
        const a = row[x - 2]!;
        const b = row[x + 2]!;
        const c = north[x]!;
        const d = data[p + south]!;
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
