import { extend, type Plane } from '../core/plane.js';
import type { Grid } from './blocks.js';
import { forward4, forward8 } from './dct.js';
import { lap, lapTransposed } from './lap.js';
import { NORMS } from './lapping.js';

/**
 * Channel -> X V for V the lapped DCT basis: a (rows x cols) x block^2 array, one row a block in raster order, element u * block + v the
 * coefficient of vertical frequency u and horizontal frequency v, times the norm of its atom.
 */
export function analyse(channel: Plane, grid: Grid): Float32Array {
  const lapped = extend(channel, grid.cols * grid.block, grid.rows * grid.block);
  lap(lapped, grid.block);
  return transform(lapped, grid, NORMS[grid.block]);
}

/**
 * What each atom has of the difference of two channels: the transpose of `synthesise`, in the form and the units of `analyse`. Equal to it
 * where the overlap is orthogonal.
 */
export function project(difference: Plane, grid: Grid): Float32Array {
  const lapped = extend(difference, grid.cols * grid.block, grid.rows * grid.block);
  lapTransposed(lapped, grid.block);
  return transform(
    lapped,
    grid,
    NORMS[grid.block].map(norm => 1 / norm),
  );
}

/** The DCT of every block of `lapped`, coefficient k times scale[k]. */
function transform(lapped: Plane, { block, cols, rows }: Grid, scale: Float64Array): Float32Array {
  const forward = block === 8 ? forward8 : forward4;
  const size = block * block;
  const out = new Float32Array(rows * cols * size);
  const x = new Float64Array(size);
  for (let b = 0; b < rows * cols; b++) {
    const from = Math.floor(b / cols) * block * lapped.width + (b % cols) * block;
    for (let i = 0; i < size; i++)
      x[i] = lapped.data[from + Math.floor(i / block) * lapped.width + (i % block)]!;
    for (let i = 0; i < block; i++) forward(x, i * block, 1);
    for (let i = 0; i < block; i++) forward(x, i, block);
    for (let k = 0; k < size; k++) out[b * size + k] = x[k]! * scale[k]!;
  }
  return out;
}
