import { TAPS } from './bank.js';
import { type Clips, DIFFERENCES } from './clips.js';
import { PAD, type Samples } from './samples.js';

/**
 * Filters `samples` into `out` (width x height), each 4x4 block with the filter that `chosen` names, its place among `coefficients`, TAPS
 * each: s + ((sum of coefficients times clipped differences + 128) >> 8), in 1/16.
 */
export function applyFilter(
  samples: Samples,
  chosen: Uint8Array,
  coefficients: Int32Array,
  clips: Clips,
  out: Float32Array,
): void {
  const { width, height, stride, data } = samples;
  const { table, narrow } = clips;
  const bias = 2 * narrow;
  const below2 = 2 * stride;
  const right = stride + 1;
  const left = stride - 1;
  // Row by row, four pixels a block, and the differences to the right kept for the pixels that see them from the other side. Slower: clips by
  // comparisons (3 to 8 times) or by absolute values (5 times), one table a coefficient pair instead of products (1.4), rows of shared
  // differences for the pairs below too (1.5), a linear path where no difference is clipped (1.6: too few blocks), coefficients
  // left in their array (1.2), sparse lists of pairs a group, three pairs a pass (1 to 2). The same: block by block, column by column.
  for (let y = 0, to = 0; y < height; y++) {
    let p = (y + PAD) * stride + PAD;
    let d0 = table[data[p]! - data[p - 1]! + DIFFERENCES]!;
    let e0 = table[data[p]! - data[p - 2]! + DIFFERENCES]!;
    let e1 = table[data[p + 1]! - data[p - 1]! + DIFFERENCES]!;
    let block = (y >> 2) * (width >> 2);
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
      // The narrow clips come with a bias, so that they are not negative below the wide ones.
      const start = 128 - bias * (n0 + n1 + n2 + n3 + n4 + n5);
      for (const next = p + 4; p < next; p++, to++) {
        const s = data[p]!;
        const m = DIFFERENCES - s;
        const d1 = table[data[p + 1]! + m]!;
        const e2 = table[data[p + 2]! + m]!;
        const f0 = d1 - d0 + bias;
        const f1 = table[data[p + stride]! + m]! + table[data[p - stride]! + m]!;
        const f2 = table[data[p + right]! + m]! + table[data[p - right]! + m]!;
        const f3 = table[data[p + left]! + m]! + table[data[p - left]! + m]!;
        const f4 = e2 - e0 + bias;
        const f5 = table[data[p + below2]! + m]! + table[data[p - below2]! + m]!;
        d0 = d1;
        e0 = e1;
        e1 = e2;
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
      }
    }
  }
}
