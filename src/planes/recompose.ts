import { cosSin, turn } from '../algebra/givens.js';
import type { Plane } from '../core/plane.js';
import type { Basis } from '../factors/rotation.js';
import { synthesise } from '../matrices/kernels.js';
import { NORMS8 } from '../matrices/lapping.js';
import { directionOf } from '../runs/runs.js';
import { unfold } from '../runs/unfold.js';
import { type Factor, stepAt } from './factor.js';
import { ORDER8 } from './order.js';

/**
 * U V^T of a channel, from its first `rank` columns, 1 or more, extended to whole blocks. `unit` is the unit of its values, half a step; V
 * is that of `basis`, by default the DCT basis. `side` 4 gives the channel at half its size. `shown` holds the blocks to compute (see
 * `within`), by default all.
 */
export function recompose(
  of: Factor,
  unit: number,
  rank: number,
  basis?: Basis,
  side: 4 | 8 = 8,
  shown = of,
): Plane {
  // x = G1 (G2 ... (Gn u)), one row of U at a time: a few rotations are faster than their product, a dense matrix.
  const turns =
    basis?.rotations.map(({ i, j, n }) => ({ i, j, by: cosSin(n, basis.precision) })).reverse() ?? [];
  const scale = NORMS8.map(norm => unit / norm);
  // Turned rows are scaled when they are turned.
  const first = turns.length ? scale.map(() => 1) : scale;
  return synthesise(shown, side, (b, x) => {
    const last = putRunWeights(shown, b, rank, first, x, putRow(shown, b, rank, first, x));
    if (!turns.length) return last;
    for (const { i, j, by } of turns) turn(x, i, j, by);
    for (let r = 0; r < x.length; r++) x[r]! *= scale[r]!;
    return x.length - 1;
  });
}

/**
 * Puts block b's row of U into x, which must be zero: each column times its scale, each element times its step. Returns the index of the
 * last nonzero element.
 */
function putRow(of: Factor, b: number, rank: number, scale: Float64Array, x: Float64Array): number {
  const { values, places, positions, ends, plane0 } = of;
  const i = positions[b]!;
  const end = Math.min(rank, ends[b]!);
  let last = 0;
  x[0] = plane0[i]! * scale[0]! * stepAt(of, i, 0);
  for (let n = 1; n < end; n++) {
    const k = ORDER8[n]!;
    const value = values[k * places + i]!;
    if (value) {
      x[k] = value * scale[k]! * stepAt(of, i, k);
      if (k > last) last = k;
    }
  }
  return last;
}

/**
 * If block b is in a run, replaces the planes in x that the run takes by their weights. Returns the index of the last element that may be
 * nonzero.
 */
function putRunWeights(
  of: Factor,
  b: number,
  rank: number,
  scale: Float64Array,
  x: Float64Array,
  last: number,
): number {
  const { positions, runs } = of;
  const i = positions[b]!;
  if (runs[0][i] || runs[1][i])
    for (let n = 1; n < rank; n++) {
      const k = ORDER8[n]!;
      if (!runs[directionOf(k >> 3, k & 7)]![i]) continue;
      x[k] = unfold(of, i, k) * scale[k]! * stepAt(of, i, k);
      if (k > last) last = k;
    }
  return last;
}
