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
  const out = new Float32Array(grid.cols * grid.rows * grid.block ** 2);
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

/** The DCT of every block of `lapped`, coefficient k times scale[k]; of plane 0 alone where it is not `wanted`. */
function transform(
  { data, width }: Plane,
  { block, cols, rows }: Grid,
  scale: Float64Array,
  out: Float32Array,
  wanted?: Uint8Array,
): void {
  const forward = block === 8 ? forward8 : forward4;
  const size = block * block;
  const x = new Float64Array(size);
  for (let b = 0; b < rows * cols; b++) {
    let from = Math.floor(b / cols) * block * width + (b % cols) * block;
    if (wanted && !wanted[b]) {
      let sum = 0;
      for (let i = 0; i < block; i++, from += width) for (let j = 0; j < block; j++) sum += data[from + j]!;
      out[b * size] = (sum / block) * scale[0]!;
      continue;
    }
    for (let i = 0; i < size; i += block, from += width) {
      for (let j = 0; j < block; j++) x[i + j] = data[from + j]!;
      forward(x, i, 1);
    }
    for (let i = 0; i < block; i++) forward(x, i, block);
    for (let k = 0, to = b * size; k < size; k++, to++) out[to] = x[k]! * scale[k]!;
  }
}
