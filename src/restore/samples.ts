import type { Plane } from '../core/plane.js';

/** Samples repeated around a plane on every side, so that neighbours need no tests. */
export const PAD = 2;
/** Integer samples are clamped to this, either sign; differences then stay within twice as much. */
export const LARGEST_SAMPLE = 8191;

/** A channel as integers in 1/16 of its unit, its edges repeated PAD times on every side. */
export interface Samples {
  /** Without the padding; multiples of 8. */
  width: number;
  height: number;
  /** From one row to the next: width + 2 PAD. Sample (x, y) stands at (y + PAD) * stride + x + PAD. */
  stride: number;
  data: Int16Array;
}

/** v, or the bound that it is beyond. */
export const clamp = (low: number, v: number, high: number): number => Math.max(low, Math.min(high, v));

/** floor(16 x + 1/2) of every sample x, clamped. Of planes of one size, each may take the buffer of the one before. */
export function toSamples({ width, height, data: from }: Plane, before?: Samples): Samples {
  const stride = width + 2 * PAD;
  const data = before ? before.data : new Int16Array(stride * (height + 2 * PAD));
  for (let y = -PAD, to = 0; y < height + PAD; y++) {
    const row = clamp(0, y, height - 1) * width;
    for (let x = -PAD; x < width + PAD; x++) {
      const s = from[row + (x < 0 ? 0 : x < width ? x : width - 1)]! * 16;
      // What is added makes the sum positive, so that cutting its fraction off is floor.
      data[to++] =
        s > LARGEST_SAMPLE
          ? LARGEST_SAMPLE
          : s < -LARGEST_SAMPLE
            ? -LARGEST_SAMPLE
            : ((s + 32768.5) | 0) - 32768;
    }
  }
  return { width, height, stride, data };
}
