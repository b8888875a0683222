import { type Plane, plane } from '../core/plane.js';
import { inverse4, inverse8 } from './dct.js';
import { unlap } from './lapping.js';

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
 * X V -> channel, the inverse of `analyse`. `fill(b, x)` puts the block^2 coefficients of block b, each divided by the norm of its atom
 * (NORMS), into x (zeroed before) and returns the index of the last that may be other than zero. `side` is that of a block; with 4 for blocks of 8 the
 * channel comes out at half its size, from the lower half of the frequencies either way, in twice the unit.
 */
export function synthesise(grid: Grid, side: 4 | 8, fill: (b: number, x: Float64Array) => number): Plane {
  const { block, cols, rows } = grid;
  const inverse = side === 8 ? inverse8 : inverse4;
  const out = plane(cols * side, rows * side);
  const { data, width } = out;
  const x = new Float64Array(block * block);
  for (let b = 0; b < rows * cols; b++) {
    x.fill(0);
    const last = fill(b, x);
    for (let i = 0; i <= last && i < side * block; i += block) inverse(x, i, 1);
    inverse(x, 0, block);
    // Of coefficient 0 alone all samples are the same.
    if (last) for (let i = 1; i < side; i++) inverse(x, i, block);
    else x.fill(x[0]!);
    let to = Math.floor(b / cols) * side * width + (b % cols) * side;
    for (let i = 0; i < side * block; i += block, to += width)
      // Four at a time: the loop took longer than what is in it.
      for (let j = 0; j < side; j += 4) {
        data[to + j] = x[i + j]!;
        data[to + j + 1] = x[i + j + 1]!;
        data[to + j + 2] = x[i + j + 2]!;
        data[to + j + 3] = x[i + j + 3]!;
      }
  }
  unlap(out, side, side < block);
  return out;
}
