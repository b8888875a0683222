import { type Plane, plane } from '../core/plane.js';
import { inverse8 } from './dct.js';
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
 * X V -> channel, the inverse of `analyse` for blocks of 8. `fill(b, x)` puts the 64 coefficients of block b, each divided by the norm of
 * its atom (NORMS8), into x, which holds zeros, and returns the index of the last that may be nonzero. With `side` 4 the channel comes out
 * at half its size and in half the unit, from the lower half of the frequencies in both directions.
 */
export function synthesise(grid: Grid, side: 4 | 8, fill: (b: number, x: Float64Array) => number): Plane {
  const { cols, rows } = grid;
  const out = plane(cols * side, rows * side);
  const { data, width } = out;
  const row = new Float64Array(64);
  const half = new Float64Array(64);
  for (let b = 0; b < rows * cols; b++) {
    row.fill(0);
    let last = fill(b, row);
    let x = row;
    if (side < 8) {
      // The first four of eight samples from the even frequencies alone are a DCT of four, times the root of a half.
      x = half.fill(0);
      for (let i = 0; i < 64; i += i % 8 < 6 ? 2 : 10) x[i] = row[i >> 1]!;
      last = 63;
    }
    for (let i = 0; i <= last; i += 8) inverse8(x, i, 1);
    inverse8(x, 0, 8);
    // With coefficient 0 alone all samples are equal.
    if (last) for (let i = 1; i < side; i++) inverse8(x, i, 8);
    else x.fill(x[0]!);
    let to = Math.floor(b / cols) * side * width + (b % cols) * side;
    for (let i = 0; i < side * 8; i += 8, to += width)
      // Four at a time: the loop itself took longer than its body.
      for (let j = 0; j < side; j += 4) {
        data[to + j] = x[i + j]!;
        data[to + j + 1] = x[i + j + 1]!;
        data[to + j + 2] = x[i + j + 2]!;
        data[to + j + 3] = x[i + j + 3]!;
      }
  }
  unlap(out, side);
  return out;
}
