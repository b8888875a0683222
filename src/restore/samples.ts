import { clamp } from '../core/clamp.js';
import type { Plane } from '../core/plane.js';

/** Samples repeated on every side of a plane, so that neighbours need no bounds checks. */
export const PAD = 2;
/** Integer samples are clamped to this, either sign; differences are then at most twice as large. */
export const LARGEST_SAMPLE = 8191;

/** A channel as integers in 1/16 of its unit, its edges repeated PAD times on every side. */
export interface Samples {
  /** Without the padding; multiples of 8. */
  width: number;
  height: number;
  /** From one row to the next: width + 2 PAD. Sample (x, y) is at (y + PAD) * stride + x + PAD. */
  stride: number;
  data: Int16Array;
}

/** floor(16 x + 1/2) of every sample x, clamped. */
export function toSamples({ width, height, data: from }: Plane): Samples {
  const stride = width + 2 * PAD;
  const data = new Int16Array(stride * (height + 2 * PAD));
  let to = PAD * stride + PAD;
  for (let y = 0, i = 0; y < height; y++, to += 2 * PAD) {
    for (const end = to + width; to < end; i++, to++) {
      data[to] = clamp(-LARGEST_SAMPLE, Math.floor(from[i]! * 16 + 0.5), LARGEST_SAMPLE);
    }
    data.fill(data[to - width]!, to - width - PAD, to - width);
    data.fill(data[to - 1]!, to, to + PAD);
  }
  for (let y = 0; y < PAD; y++) {
    data.copyWithin(y * stride, PAD * stride, (PAD + 1) * stride);
    data.copyWithin(to - PAD + y * stride, to - PAD - stride, to - PAD);
  }
  return { width, height, stride, data };
}
