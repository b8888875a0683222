import type { Matrix } from '../core/matrix.js';
import { checkSymmetric } from './check-symmetric.js';
import { type Eigen, sortedEigen } from './sorted-eigen.js';
import { type Tridiagonal, tridiagonalise } from './tridiagonal.js';
import { rotate } from './vector.js';

const EPSILON = 2 ** -52;

/** Below this an element of a matrix scaled to about 1 is nothing: far under rounding, far above underflow. */
const NOTHING = 2 ** -130;

/** Sweeps spent on one eigenvalue before the tolerance is relaxed; two or three are usual. */
const PATIENCE = 40;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, then implicitly
 * shifted QL sweeps (Bowdler, Martin, Reinsch and Wilkinson, Numerische Mathematik 11, 1968; EISPACK's
 * tred2 and imtql2). The error of each value is a few roundings of the largest one. Throws OPTION where the
 * matrix is not square, finite and symmetric (to 1e-10 of its largest entry).
 */
export function symmetricEigen(a: Matrix): Eigen {
  const { data, size, scale } = checkSymmetric(a);
  const parts = tridiagonalise(data, size);
  for (let first = 0; first < size; first++) converge(parts, first, size);
  return sortedEigen(parts.diagonal, parts.zt, scale);
}

/** QL sweeps until diagonal[first] is an eigenvalue. */
function converge(parts: Tridiagonal, first: number, size: number): void {
  const { diagonal: d, beside: e } = parts;
  for (let sweeps = 0; ; sweeps++) {
    // Should a value refuse to converge, doubling the tolerance ends the loop with the smallest error there is.
    const tolerance = EPSILON * 2 ** Math.floor(sweeps / PATIENCE);
    let last = first;
    while (
      last + 1 < size &&
      Math.abs(e[last]!) > tolerance * (Math.abs(d[last]!) + Math.abs(d[last + 1]!)) + NOTHING
    )
      last++;
    if (last === first) return;
    sweep(parts, first, last, size);
  }
}

/** One QL sweep over the block first .. last, with Wilkinson's shift from its first 2 x 2 corner. */
function sweep({ diagonal: d, beside: e, zt }: Tridiagonal, first: number, last: number, size: number): void {
  const half = (d[first + 1]! - d[first]!) / (2 * e[first]!);
  const root = Math.sqrt(half * half + 1);
  let g = d[last]! - d[first]! + e[first]! / (half + (half < 0 ? -root : root));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const length = Math.sqrt(f * f + g * g);
    e[i + 1] = length;
    if (length === 0) {
      // The block has split in passing.
      d[i + 1] = d[i + 1]! - p;
      e[last] = 0;
      return;
    }
    s = f / length;
    c = g / length;
    g = d[i + 1]! - p;
    const t = (d[i]! - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    rotate(zt, (i + 1) * size, i * size, size, c, s);
  }
  d[first] = d[first]! - p;
  e[first] = g;
  e[last] = 0;
}
