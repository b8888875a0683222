import type { Plane } from '../core/plane.js';
import { type Grid, synthesise } from './blocks.js';
import { NORMS8 } from './lapping.js';

/** The inverse of `analyse`, for blocks of 8: the channel of U, in whole blocks. */
export const synthesiseAll = (u: Float32Array, grid: Grid): Plane =>
  synthesise(grid, 8, (b, x) => {
    for (let k = 0; k < 64; k++) x[k] = u[b * 64 + k]! / NORMS8[k]!;
    return 63;
  });
