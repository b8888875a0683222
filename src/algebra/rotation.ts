import type { Matrix } from '../core/matrix.js';
import { rotate } from './vector.js';

/**
 * A Givens rotation of the axes i and j: new x[i] = cos x[i] + sin x[j], new x[j] = cos x[j] - sin x[i].
 * Applied to a symmetric matrix it means G A G^T; applied to a basis with one vector a row, G times it.
 */
export interface Rotation {
  i: number;
  j: number;
  cos: number;
  sin: number;
  /** Radians, -pi/4 to pi/4: atan2(sin, cos). */
  angle: number;
}

/**
 * The Jacobi rotation of i and j: of the two that make a[i, j] zero, the one of at most 45 degrees, which
 * turns the axes the least (Golub and Van Loan, Matrix Computations, section 8.5.2). Indices are not
 * checked.
 */
export function jacobiRotation(a: Matrix, i: number, j: number): Rotation {
  const aii = a.data[i * a.stride + i]!;
  const ajj = a.data[j * a.stride + j]!;
  const aij = a.data[i * a.stride + j]!;
  if (aij === 0) return { i, j, cos: 1, sin: 0, angle: 0 };
  const tau = (aii - ajj) / (2 * aij);
  // Where tau squared overflows, t is 0 to the last bit.
  const t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const cos = 1 / Math.sqrt(1 + t * t);
  const sin = t * cos;
  return { i, j, cos, sin, angle: Math.atan2(sin, cos) };
}

/** A <- G A G^T in place, for a symmetric A. */
export function rotateSymmetric(a: Matrix, { i, j, cos, sin }: Rotation): void {
  const { rows, stride, data } = a;
  rotate(data, i * stride, j * stride, a.cols, cos, sin);
  for (let r = 0, p = i, q = j; r < rows; r++, p += stride, q += stride) {
    const x = data[p]!;
    const y = data[q]!;
    data[p] = cos * x + sin * y;
    data[q] = cos * y - sin * x;
  }
}

/** B <- G B in place: turns the rows i and j of a basis that keeps one vector a row. */
export function rotateBasis(basis: Matrix, { i, j, cos, sin }: Rotation): void {
  rotate(basis.data, i * basis.stride, j * basis.stride, basis.cols, cos, sin);
}
