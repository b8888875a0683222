import { type Matrix, matrix } from '../core/matrix.js';
import { multiply, timesTransposed, transposedTimes } from './multiply.js';
import { svd } from './svd.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** From this ratio of columns to rows the eigenvectors of A A^T are taken, which costs a fraction of an SVD. */
const WIDE = 4;

/** Rows of A A^T computed at a time; what lies above its diagonal is mirrored. */
const BLOCK = 16;

/**
 * U max(S - threshold, 0) V^T of A = U S V^T, rows <= columns: the matrix that minimises
 * 1/2 |A - L|_F^2 + threshold |L|_* (Cai, Candes and Shen, SIAM J. Optimization 20, 2010), and its rank. Of wide matrices, singular
 * values below 1e-8 of the largest count as zero.
 */
export function shrinkValues(a: Matrix, threshold: number): { low: Matrix; rank: number } {
  const { vectors, values } = leftVectors(a);
  let rank = 0;
  while (rank < values.length && values[rank]! > threshold) rank++;
  if (rank === 0) return { low: matrix(a.rows, a.cols), rank };
  const kept = matrix(a.rows, rank);
  const scaled = matrix(a.rows, rank);
  for (let r = 0; r < a.rows; r++)
    for (let k = 0; k < rank; k++) {
      const entry = vectors.data[r * vectors.stride + k]!;
      kept.data[r * rank + k] = entry;
      scaled.data[r * rank + k] = entry * (1 - threshold / values[k]!);
    }
  // U f(S) S V^T = (U f(S)) (U^T A)
  return { low: multiply(scaled, transposedTimes(kept, a)), rank };
}

/** Left singular vectors as columns, and singular values, both in descending order. */
function leftVectors(a: Matrix): { vectors: Matrix; values: ArrayLike<number> } {
  if (a.cols < WIDE * a.rows) {
    const { u, s } = svd(a);
    return { vectors: u, values: s };
  }
  const { values, vectors } = symmetricEigen(gram(a));
  return { vectors, values: Float64Array.from(values, value => Math.sqrt(Math.max(0, value))) };
}

/** A A^T. */
function gram(a: Matrix): Matrix {
  const out = matrix(a.rows, a.rows);
  for (let from = 0; from < a.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, a.rows);
    const some: Matrix = { ...a, rows: to - from, data: a.data.subarray(from * a.stride) };
    const part = timesTransposed(some, { ...a, rows: to });
    for (let r = from; r < to; r++)
      for (let c = 0; c < to; c++) {
        const value = part.data[(r - from) * to + c]!;
        out.data[r * a.rows + c] = value;
        if (c < from) out.data[c * a.rows + r] = value;
      }
  }
  for (let r = 0; r < a.rows; r++)
    for (let c = 0; c < r; c++) out.data[c * a.rows + r] = out.data[r * a.rows + c]!;
  return out;
}
