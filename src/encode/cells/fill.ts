import type { Plane } from '../../core/plane.js';

/**
 * Fills the samples of a plane where `known` is 0, in place, from those around them. Each level holds the means of 2 x 2 known samples of
 * the level below, which takes what it lacks from the level above. (Pull and push: S. J. Gortler and others, "The lumigraph", SIGGRAPH
 * 1996.)
 */
export function fill({ width, height, data }: Plane, known: Uint8Array): void {
  if (width === 1 && height === 1) return;
  const half = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const means = new Float32Array(half.width * half.height);
  const counts = new Uint8Array(means.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!known[y * width + x]) continue;
      const to = (y >> 1) * half.width + (x >> 1);
      means[to]! += data[y * width + x]!;
      counts[to]!++;
    }
  for (let i = 0; i < means.length; i++) if (counts[i]) means[i]! /= counts[i]!;
  fill({ ...half, data: means }, counts);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (known[y * width + x]) continue;
      // Weights 9, 3, 3 and 1 of 16: the mean whose area holds the sample, and its nearest neighbours beside, above and diagonally.
      const cx = x >> 1;
      const cy = y >> 1;
      const nx = Math.max(0, Math.min(half.width - 1, cx + (x & 1 ? 1 : -1)));
      const ny = Math.max(0, Math.min(half.height - 1, cy + (y & 1 ? 1 : -1)));
      data[y * width + x] =
        (9 * means[cy * half.width + cx]! +
          3 * means[cy * half.width + nx]! +
          3 * means[ny * half.width + cx]! +
          means[ny * half.width + nx]!) /
        16;
    }
}
