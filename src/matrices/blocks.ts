import { extend, type Plane, plane } from '../core/plane.js';
import { forward4, forward8, inverse4, inverse8 } from './dct.js';
import { lap, lapTransposed, NORMS, unlap } from './lapping.js';

/** The blocks of a plane: each is one row of the matrix X. */
export interface Grid {
  /** Samples a side: 8 for a channel, 4 for its plane 0. */
  block: 4 | 8;
  /** Blocks across. */
  cols: number;
  /** Blocks down. */
  rows: number;
}

/** The grid of blocks that covers width x height samples. */
export const gridOf = (width: number, height: number, block: 4 | 8): Grid => ({
  block,
  cols: Math.ceil(width / block),
  rows: Math.ceil(height / block),
});

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
 * What each atom has of a difference between two channels: the transpose of `synthesise`, in the form and the units of `analyse`. Equal to
 * it where the overlap is orthogonal.
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

/**
 * X V -> channel, the inverse of `analyse`. `fill(b, x)` puts the block^2 coefficients of block b, each divided by the norm of its atom
 * (NORMS), into x (zeroed before) and returns how many of the leading rows (vertical frequencies) may hold something other than zero.
 */
export function synthesise(grid: Grid, fill: (b: number, x: Float64Array) => number): Plane {
  const { block, cols, rows } = grid;
  const inverse = block === 8 ? inverse8 : inverse4;
  const out = plane(cols * block, rows * block);
  const { data, width } = out;
  const x = new Float64Array(block * block);
  for (let b = 0; b < rows * cols; b++) {
    x.fill(0);
    const used = fill(b, x);
    for (let i = 0; i < used; i++) inverse(x, i * block, 1);
    if (used) for (let i = 0; i < block; i++) inverse(x, i, block);
    let to = Math.floor(b / cols) * block * width + (b % cols) * block;
    for (let i = 0; i < block * block; i += block, to += width)
      for (let j = 0; j < block; j++) data[to + j] = x[i + j]!;
  }
  unlap(out, block);
  return out;
}
