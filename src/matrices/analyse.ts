import type { Plane } from '../core/plane.js';
import { roomFor } from '../core/room.js';
import { lappedTransform } from './analysis-kernels.js';
import type { Grid } from './blocks.js';
import { LAP } from './lap.js';
import { NORMS } from './norms.js';

/**
 * Channel -> X V for the lapped DCT basis V: a (rows x cols) x block^2 array, one row a block in raster order. Element u * block + v is the
 * coefficient of vertical frequency u and horizontal frequency v, times the norm of its atom. The array may be passed in.
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
