import { dot } from './vector.js';

/**
 * Sums of squares up to this, of elements scaled to about 1, are taken for zero: 2^-350 beside 1 is far
 * under rounding, and the reciprocal of a smaller one would overflow.
 */
const NOTHING = 2 ** -700;

/** A reflection H = I - beta v v^T with H x = (alpha, 0, ..., 0); v has taken the place of x. */
export interface Reflection {
  beta: number;
  alpha: number;
}

/**
 * Turns the `length` elements of `x` from `from` into the vector v of the Householder reflection that maps
 * them to a multiple of the first unit vector. alpha gets the sign that makes v's first element a sum, so
 * nothing cancels (Golub and Van Loan, Matrix Computations, section 5.1). beta = 0, v untouched, where
 * there is nothing to annihilate; what is left there counts as zero. Expects elements of a matrix scaled to
 * about 1 (see checkMatrix).
 */
export function reflect(x: Float64Array, from: number, length: number): Reflection {
  const first = x[from]!;
  const tail = dot(x, from + 1, x, from + 1, length - 1);
  if (tail <= NOTHING) return { beta: 0, alpha: first };
  const norm = Math.sqrt(first * first + tail);
  const alpha = first > 0 ? -norm : norm;
  x[from] = first - alpha;
  return { beta: 1 / (norm * (norm + Math.abs(first))), alpha };
}
