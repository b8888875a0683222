import { cosSin } from '../algebra/givens.js';
import { jacobiEigen } from '../algebra/jacobi.js';
import { matrix } from '../core/matrix.js';
import type { Raster } from '../core/raster.js';
import { sumsOfDifferences } from './analysis-kernels.js';
import { COLOUR_BITS, COLOUR_ORIGIN, COLOUR_PRECISION } from './basis.js';

/**
 * The picture's own colour SVD: the right singular vectors of the matrix of horizontal and vertical RGB differences at distance 2 (each
 * row one difference), as the integers of `colourBasis`. A picture without colour differences gives 0, 0, 0.
 */
export function designColourBasis(raster: Raster): [number, number, number] {
  const { values, vectors } = jacobiEigen(differenceCovariance(raster));
  if (!(values[0]! > 0)) return [0, 0, 0];
  const row = (c: number): Row => [0, 1, 2].map(i => vectors.data[i * vectors.stride + c]!) as Row;
  return rotationsTo(row(0), row(1));
}

/** Sum over the picture of d d^T for all its differences d. */
function differenceCovariance(raster: Raster) {
  const sums = sumsOfDifferences(raster);
  return matrix(
    3,
    3,
    Float64Array.from([0, 1, 2, 1, 3, 4, 2, 4, 5], n => sums[n]!),
  );
}

type Row = [number, number, number];

/**
 * The three rotations that take the first two rows of the identity to `first` and `second`, or to the negatives of both; the last row
 * follows. They are rounded as in the file, each computed after the one before was rounded.
 */
function rotationsTo(first: Row, second: Row): Row {
  const sign = first[0] < 0 ? -1 : 1;
  const [r, g, b] = first.map(x => sign * x) as Row;
  const n0 = rounded(Math.atan2(-g, r), 0);
  const [c0, s0] = cosSin(n0 + COLOUR_ORIGIN[0]!, COLOUR_PRECISION);
  // What the first rotation leaves of the row: c1 and -s1, beside what the second turns.
  const n1 = rounded(Math.atan2(-b, r * c0 - g * s0), 1);
  const [c1, s1] = cosSin(n1 + COLOUR_ORIGIN[1]!, COLOUR_PRECISION);
  const along = second[0] * s0 + second[1] * c0;
  const across = second[0] * s1 * c0 - second[1] * s1 * s0 + second[2] * c1;
  return [n0, n1, rounded(Math.atan(-across / along || 0), 2)];
}

/** The integer for an angle, -pi / 2 to pi / 2, as the k-th of a basis. */
function rounded(angle: number, k: number): number {
  const n = Math.round(Math.tan(angle / 2) * 2 ** COLOUR_PRECISION) - COLOUR_ORIGIN[k]!;
  const limit = 2 ** (COLOUR_BITS - 1);
  return Math.max(-limit, Math.min(limit - 1, n));
}
