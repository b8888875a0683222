import type { Plane } from '../core/plane.js';
import { type Basis, cosSin } from '../factors/rotation.js';
import { gridOf, synthesise } from '../matrices/blocks.js';
import { NORMS } from '../matrices/lapping.js';
import { type Factor, MARGIN } from './factor.js';
import { ORDER8 } from './order.js';

/** Columns i and j, cosine and sine. */
type Turn = [number, number, number, number];

/** Values are stored in half steps. */
export const HALF_STEP = 0.5;

/** Which planes the first `rank` columns are: 1 where plane k belongs to them. */
export function columnsOfRank(rank: number): Uint8Array {
  const keep = new Uint8Array(64);
  for (const k of ORDER8.subarray(0, rank)) keep[k] = 1;
  return keep;
}

/**
 * U V^T of one channel from its quantised factor and its plane 0 (in steps), with the columns that `keep` has: the channel in units of
 * 1 / 255 of the peak, extended to whole blocks. V is that of `basis`, the DCT basis where it is undefined.
 */
export function recompose(of: Factor, plane0: Plane, step: number, keep: Uint8Array, basis?: Basis): Plane {
  const { cols, size, values, stride } = of;
  const unit = step * HALF_STEP;
  // x = G1 (G2 ... (Gn u)), a row of U at a time: few rotations are faster than their product, a dense matrix.
  const turns = basis?.rotations.map(({ i, j, n }) => [i, j, ...cosSin(n, basis.precision)]).reverse() ?? [];
  const norms = NORMS[8];
  const scale = norms.map(norm => (turns.length ? unit : unit / norm));
  return synthesise(gridOf(cols * 8, of.rows * 8, 8), (b, x) => {
    const from = ((Math.floor(b / cols) + MARGIN) * stride + (b % cols) + MARGIN) * size;
    x[0] = plane0.data[b]! * 2 * scale[0]!;
    let last = 0;
    for (let k = 1; k < size; k++) {
      const value = values[from + k]!;
      if (value !== 0 && keep[k]) {
        x[k] = value * scale[k]!;
        last = k;
      }
    }
    if (!turns.length) return (last >> 3) + 1;
    for (const [i, j, c, s] of turns as Turn[]) {
      const a = x[i]!;
      const b = x[j]!;
      x[i] = c * a - s * b;
      x[j] = s * a + c * b;
    }
    for (let r = 0; r < 64; r++) x[r]! /= norms[r]!;
    return 8;
  });
}
