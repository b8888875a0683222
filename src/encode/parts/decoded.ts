import { cosSin, turn } from '../../algebra/givens.js';
import type { Plane } from '../../core/plane.js';
import { giveBack, sparePlane } from '../../core/spare.js';
import type { Basis } from '../../factors/rotation.js';
import type { Grid } from '../../matrices/blocks.js';
import { synthesise } from '../../matrices/kernels.js';
import { NORMS8 } from '../../matrices/lapping.js';

/** What a channel decodes to, its first `width` x `height` samples, if nothing of U, on `basis`, is lost. */
export function decoded(
  u: Float32Array,
  grid: Grid,
  basis: Basis | undefined,
  width: number,
  height: number,
): Plane {
  const turns =
    basis?.rotations.map(({ i, j, n }) => ({ i, j, by: cosSin(n, basis.precision) })).reverse() ?? [];
  const whole = synthesise(grid, 8, (b, x) => {
    for (let k = 0; k < 64; k++) x[k] = u[b * 64 + k]!;
    for (const { i, j, by } of turns) turn(x, i, j, by);
    for (let k = 0; k < 64; k++) x[k]! /= NORMS8[k]!;
    return 63;
  });
  if (whole.width === width && whole.height === height) return whole;
  const out = sparePlane(width, height);
  for (let y = 0; y < height; y++)
    out.data.set(whole.data.subarray(y * whole.width, y * whole.width + width), y * width);
  giveBack(whole);
  return out;
}
