import type { Plane } from '../core/plane.js';
import { roomFor } from '../core/room.js';
import { lappedTransform } from './analysis-kernels.js';
import type { Grid } from './blocks.js';
import { LAP, LAP_TRANSPOSED } from './lap.js';
import { NORMS } from './norms.js';

/**
 * Channel -> X V for V the lapped DCT basis: a (rows x cols) x block^2 array, one row a block in raster order, element u * block + v the
 * coefficient of vertical frequency u and horizontal frequency v, times the norm of its atom. It may be given where to put that.
 */
export function analyse(
  channel: Plane,
  grid: Grid,
  out = new Float32Array(roomFor(4 * grid.cols * grid.rows * grid.block ** 2)),
): Float32Array {
  const { block } = grid;
  lappedTransform(channel, grid, { w: LAP[block], scale: NORMS[block] }, out);
  return out;
}

/**
 * What each atom has of what a channel is more than `decoded`, which is whole blocks: the transpose of `synthesise`, in the form and the units of `analyse`. Equal to
 * it where the overlap is orthogonal. Of blocks that are not `wanted` plane 0 alone is put into `out`.
 */
export const project = (
  channel: Plane,
  decoded: Plane,
  grid: Grid,
  wanted: Uint8Array,
  out: Float32Array,
): void =>
  lappedTransform(
    channel,
    grid,
    { w: LAP_TRANSPOSED[grid.block], scale: NORMS[grid.block].map(norm => 1 / norm) },
    out,
    decoded,
    wanted,
  );
