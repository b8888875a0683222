import type { Plane } from '../core/plane.js';
import { gridOf, synthesise } from '../matrices/blocks.js';
import { NORMS } from '../matrices/lapping.js';
import { type Factor, MARGIN } from './factor.js';
import { ORDER8 } from './order.js';

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
 * 1 / 255 of the peak, extended to whole blocks. `v` is V in the DCT domain (64 x 64, row after row); undefined for the DCT basis.
 */
export function recompose(
  of: Factor,
  plane0: Plane,
  step: number,
  keep: Uint8Array,
  v?: Float64Array,
): Plane {
  const { cols, size, values, stride } = of;
  const unit = step * HALF_STEP;
  const scale = NORMS[8].map(norm => unit / norm);
  const scale0 = step / NORMS[8][0]!;
  return synthesise(gridOf(cols * 8, of.rows * 8, 8), (b, x) => {
    const from = ((Math.floor(b / cols) + MARGIN) * stride + (b % cols) + MARGIN) * size;
    if (v) return transformed(x, values, from, plane0.data[b]! * step, keep, unit, v);
    x[0] = plane0.data[b]! * scale0;
    let last = 0;
    for (let k = 1; k < size; k++) {
      const value = values[from + k]!;
      if (value !== 0 && keep[k]) {
        x[k] = value * scale[k]!;
        last = k;
      }
    }
    return (last >> 3) + 1;
  });
}

/** x = sum over k of u[k] times column k of V, k ascending. All rows of coefficients may be in use. */
function transformed(
  x: Float64Array,
  values: Int32Array,
  from: number,
  u0: number,
  keep: Uint8Array,
  unit: number,
  v: Float64Array,
): number {
  for (let k = 0; k < 64; k++) {
    const u = k === 0 ? u0 : keep[k] ? values[from + k]! * unit : 0;
    if (u !== 0) for (let r = 0; r < 64; r++) x[r]! += u * v[r * 64 + k]!;
  }
  for (let r = 0; r < 64; r++) x[r]! /= NORMS[8][r]!;
  return 8;
}
