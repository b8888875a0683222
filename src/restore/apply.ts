import { TAPS } from './bank.js';
import { DIFFERENCES } from './clips.js';
import { PAD, type Samples } from './samples.js';

/**
 * Filters `samples` into `out` (width x height), each 8x8 block with the filter that `chosen` gives as an index into `coefficients`, TAPS
 * each: s + ((sum of coefficients times clipped differences + 128) >> 8), in 1/16.
 */
export function applyFilter(
  samples: Samples,
  chosen: Uint8Array,
  coefficients: Int32Array,
  clips: Int32Array,
  out: Float32Array,
): void {
  const { width, height, stride, data } = samples;
  const bias = 2 * clips[DIFFERENCES]!;
  const below2 = 2 * stride;
  const right = stride + 1;
  const left = stride - 1;
  // Row by row, eight pixels a block; samples and differences that the next pixel needs, too, are kept. Look-ups take most of the time.
  // Slower: clips by comparisons (3 to 8 times) or by absolute values (2 times), one table for each pair of coefficients instead of
  // products (1.4), rows of shared differences for the pairs below too (1.1), a linear path where no difference is clipped (1.6: too few
  // blocks), coefficients left in their array (1.2), sparse lists of pairs for each group, three pairs a pass (1 to 2). The same: block by
  // block.
  for (let y = 0, to = 0, block = 0; y < height; y++) {
    let p = (y + PAD) * stride + PAD;
    let s = data[p]!;
    let next = data[p + 1]!;
    let aboveLeft = data[p - right]!;
    let above = data[p - stride]!;
    let belowLeft = data[p + left]!;
    let below = data[p + stride]!;
    let d0 = clips[s - data[p - 1]! + DIFFERENCES]!;
    let e0 = clips[s - data[p - 2]! + DIFFERENCES]!;
    let e1 = clips[next - data[p - 1]! + DIFFERENCES]!;
    block = (y >> 3) * (width >> 3);
    for (const end = p + width; p < end; block++) {
      const k = chosen[block]! * TAPS;
      const w0 = coefficients[k]!;
      const w1 = coefficients[k + 1]!;
      const w2 = coefficients[k + 2]!;
      const w3 = coefficients[k + 3]!;
      const w4 = coefficients[k + 4]!;
      const w5 = coefficients[k + 5]!;
      const n0 = coefficients[k + 6]!;
      const n1 = coefficients[k + 7]!;
      const n2 = coefficients[k + 8]!;
      const n3 = coefficients[k + 9]!;
      const n4 = coefficients[k + 10]!;
      const n5 = coefficients[k + 11]!;
      // The narrow clips have a bias, so that they are not negative below the wide ones.
      const start = 128 - bias * (n0 + n1 + n2 + n3 + n4 + n5);
      for (const last = p + 8; p < last; p++, to++) {
        const m = DIFFERENCES - s;
        const next2 = data[p + 2]!;
        const aboveRight = data[p - left]!;
        const belowRight = data[p + right]!;
        const d1 = clips[next + m]!;
        const e2 = clips[next2 + m]!;
        const f0 = d1 - d0 + bias;
        const f1 = clips[below + m]! + clips[above + m]!;
        const f2 = clips[belowRight + m]! + clips[aboveLeft + m]!;
        const f3 = clips[belowLeft + m]! + clips[aboveRight + m]!;
        const f4 = e2 - e0 + bias;
        const f5 = clips[data[p + below2]! + m]! + clips[data[p - below2]! + m]!;
        const sum =
          start +
          Math.imul(f0 >> 16, w0) +
          Math.imul(f0 & 65_535, n0) +
          Math.imul(f1 >> 16, w1) +
          Math.imul(f1 & 65_535, n1) +
          Math.imul(f2 >> 16, w2) +
          Math.imul(f2 & 65_535, n2) +
          Math.imul(f3 >> 16, w3) +
          Math.imul(f3 & 65_535, n3) +
          Math.imul(f4 >> 16, w4) +
          Math.imul(f4 & 65_535, n4) +
          Math.imul(f5 >> 16, w5) +
          Math.imul(f5 & 65_535, n5);
        out[to] = (s + (sum >> 8)) * 0.0625;
        s = next;
        next = next2;
        aboveLeft = above;
        above = aboveRight;
        belowLeft = below;
        below = belowRight;
        d0 = d1;
        e0 = e1;
        e1 = e2;
      }
    }
  }
}
