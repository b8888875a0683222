import { extend, type Plane } from '../core/plane.js';
import { roomFor } from '../core/room.js';
import { transform } from './analysis-kernels.js';
import type { Grid } from './blocks.js';
import { lap, lapTransposed } from './lap.js';
import { NORMS } from './norms.js';

/**
 * Channel -> X V for V the lapped DCT basis: a (rows x cols) x block^2 array, one row a block in raster order, element u * block + v the
 * coefficient of vertical frequency u and horizontal frequency v, times the norm of its atom. It may be given where to put that, and a plane of whole blocks to work in.
 */
export function analyse(
  channel: Plane,
  grid: Grid,
  out = new Float32Array(roomFor(4 * grid.cols * grid.rows * grid.block ** 2)),
  room?: Plane,
): Float32Array {
  const lapped = extend(channel, grid.cols * grid.block, grid.rows * grid.block, room);
  lap(lapped, grid.block);
  transform(lapped, grid, NORMS[grid.block], out);
  return out;
}

/**
 * What each atom has of the difference of two channels, whole blocks of it: the transpose of `synthesise`, in the form and the units of `analyse`. Equal to
 * it where the overlap is orthogonal. Of blocks that are not `wanted` plane 0 alone is put into `out`; the difference is spoilt.
 */
export function project(difference: Plane, grid: Grid, wanted: Uint8Array, out: Float32Array): void {
  lapTransposed(difference, grid.block);
  transform(
    difference,
    grid,
    NORMS[grid.block].map(norm => 1 / norm),
    out,
    wanted,
  );
}
