import type { Plane } from '../core/plane.js';
import { synthesise } from '../matrices/blocks.js';
import { NORMS } from '../matrices/lapping.js';
import type { Factor } from './factor.js';
import { ORDER4, ORDER8 } from './order.js';

/**
 * U V^T of one factor, from its first `rank` columns, 1 or more: a channel, or plane 0 of one, extended to whole blocks. `unit` is that of its values,
 * half a step; `v` is V in the DCT domain (row after row), undefined for the DCT basis.
 */
export function recompose(of: Factor, unit: number, rank: number, v?: Float64Array): Plane {
  const { block, values, places, positions, ends, plane0 } = of;
  const order = block === 8 ? ORDER8 : ORDER4;
  const norms = NORMS[block];
  const scale = norms.map(norm => unit / norm);
  return synthesise(of, (b, x) => {
    const i = positions[b]!;
    const end = Math.min(rank, ends[b]!);
    let last = 0;
    x[0] = (plane0 ?? values)[i]!;
    for (let n = 1; n < end; n++) {
      const k = order[n]!;
      const value = values[k * places + i]!;
      if (value) {
        x[k] = value;
        if (k > last) last = k;
      }
    }
    if (v) return turned(x, unit, v, norms);
    for (let k = 0; k <= last; k++) x[k]! *= scale[k]!;
    return last;
  });
}

/** Coefficients x -> V x, column after column, divided by the norms, in place. All rows of coefficients may be in use. */
function turned(x: Float64Array, unit: number, v: Float64Array, norms: Float64Array): number {
  x.slice().forEach((value, k, { length }) => {
    if (!k) x.fill(0);
    const u = value * unit;
    if (u) for (let r = 0; r < length; r++) x[r]! += u * v[r * length + k]!;
  });
  for (let r = 0; r < x.length; r++) x[r]! /= norms[r]!;
  return x.length - 1;
}
