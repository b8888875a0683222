import type { Plane } from '../core/plane.js';

/**
 * Filters a channel other than the first, in place. To each sample it adds the differences of the four samples two away, horizontally and
 * vertically, each clipped to 0.08 steps, times 7/16 in 8x8 blocks that have plane 0 alone, 7/32 in those that are `coded`.
 */
export function smooth(plane: Plane, coded: Uint8Array, step: number): void {
  const { width, height, data } = plane;
  const bound = 0.08 * step;
  const { abs } = Math;
  const out = new Float32Array(data.length);
  for (let y = 0, p = 0; y < height; y++) {
    const north = Math.min(2, y) * width;
    const south = Math.min(2, height - 1 - y) * width;
    for (let x = 0; x < width; ) {
      // A clipped difference is half of |d + bound| - |d - bound|: comparisons take five times as long.
      const half = coded[(y >> 3) * (width >> 3) + (x >> 3)] ? 0.109375 : 0.21875;
      for (const end = x + 8; x < end; x++, p++) {
        const s = data[p]!;
        const m = bound - s;
        const n = bound + s;
        const a = data[x < 2 ? p - x : p - 2]!;
        const b = data[x + 2 < width ? p + 2 : p + width - 1 - x]!;
        const c = data[p - north]!;
        const d = data[p + south]!;
        out[p] =
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
  plane.data = out;
}
