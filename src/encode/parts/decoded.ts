import type { Plane } from '../../core/plane.js';
import { giveBack, sparePlane } from '../../core/spare.js';
import { turnedBack } from '../../factors/design.js';
import type { Basis } from '../../factors/rotation.js';
import { synthesiseAll } from '../../matrices/analysis-kernels.js';
import type { Grid } from '../../matrices/blocks.js';

/** The first `width` x `height` samples of a channel decoded from U, on `basis`, without quantisation. */
export function decoded(
  u: Float32Array,
  grid: Grid,
  basis: Basis | undefined,
  width: number,
  height: number,
): Plane {
  const whole = synthesiseAll(basis ? turnedBack(u, basis) : u, grid);
  if (whole.width === width && whole.height === height) return whole;
  const out = sparePlane(width, height);
  for (let y = 0; y < height; y++)
    out.data.set(whole.data.subarray(y * whole.width, y * whole.width + width), y * width);
  giveBack(whole);
  return out;
}
