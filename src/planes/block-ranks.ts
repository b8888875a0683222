import { type Factor, positionOf } from './factor.js';
import { BANDS8, ORDER8 } from './order.js';

/**
 * How far each block of a channel goes, in raster order, by the last of its values that is not zero, plane 0 apart: 0 there is none, 1 in bands 1
 * and 2, 2 in bands 3 and 4, 3 in bands 5 and 6.
 */
export function blockRanks(of: Factor): Uint8Array {
  const { cols, rows, size, values } = of;
  const ranks = new Uint8Array(cols * rows);
  for (let b = 0; b < ranks.length; b++) {
    const from = positionOf(of, b) * size;
    let n = size - 1;
    while (n && !values[from + ORDER8[n]!]) n--;
    ranks[b] = n < BANDS8[2]! ? (n ? 1 : 0) : n < BANDS8[4]! ? 2 : 3;
  }
  return ranks;
}
