import { type Matrix, matrix } from '../core/matrix.js';
import { bidiagonalise } from './bidiagonal.js';
import { diagonalise } from './bidiagonal-qr.js';
import { checkMatrix } from './check-matrix.js';
import { multiply } from './multiply.js';
import { qr } from './qr.js';
import { transpose } from './transpose.js';

/** A = U diag(s) V^T with r = min(rows, cols) terms, or fewer where truncated. */
export interface Svd {
  /** rows x r, orthonormal columns. */
  u: Matrix;
  /** r singular values, descending, none negative. */
  s: Float64Array;
  /** cols x r, orthonormal columns. */
  v: Matrix;
}

/** From this ratio of rows to columns it is cheaper to reduce to a square matrix by QR first. */
const TALL = 1.6;

/**
 * Thin singular value decomposition of a matrix of any shape and any rank: Householder bidiagonalisation, then
 * QR sweeps (Golub and Kahan; Demmel and Kahan). The error of each value is a few roundings of the largest one.
 * U and V are orthonormal even where singular values are zero.
 * Throws OPTION where the matrix is empty or an entry is not finite.
 */
export function svd(a: Matrix): Svd {
  const scale = checkMatrix(a);
  if (a.rows < a.cols) {
    const { u, s, v } = svd(transpose(a));
    return { u: v, s, v: u };
  }
  if (a.cols > 1 && a.rows >= TALL * a.cols) {
    const { q, r } = qr(a);
    const { u, s, v } = svd(r);
    return { u: multiply(q, u), s, v };
  }
  const { rows, cols } = a;
  const work = new Float64Array(rows * cols);
  for (let r = 0, to = 0; r < rows; r++)
    for (let c = 0, p = r * a.stride; c < cols; c++) work[to++] = a.data[p++]! / scale;
  const parts = bidiagonalise(work, rows, cols);
  diagonalise(parts);
  const order = Array.from(parts.diagonal.keys());
  order.sort((i, j) => Math.abs(parts.diagonal[j]!) - Math.abs(parts.diagonal[i]!));
  return {
    u: columns(parts.ut, order, () => 1),
    s: Float64Array.from(order, i => Math.abs(parts.diagonal[i]!) * scale),
    v: columns(parts.vt, order, i => (parts.diagonal[i]! < 0 ? -1 : 1)),
  };
}

/** The rows of `vectors` in the given order as columns, each times its sign. */
function columns(vectors: Matrix, order: readonly number[], sign: (row: number) => number): Matrix {
  const picked = matrix(order.length, vectors.cols);
  for (const [to, from] of order.entries()) {
    const by = sign(from);
    for (let i = 0; i < vectors.cols; i++)
      picked.data[to * picked.stride + i] = by * vectors.data[from * vectors.stride + i]!;
  }
  return transpose(picked);
}
