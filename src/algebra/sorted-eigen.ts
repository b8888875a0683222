import { type Matrix, matrix } from '../core/matrix.js';

/** A = vectors diag(values) vectors^T. */
export interface Eigen {
  /** Eigenvalues, descending. */
  values: Float64Array;
  /** One eigenvector a column, orthonormal, in the order of the values. */
  vectors: Matrix;
}

/**
 * Eigenvalues (times `scale`) and eigenvectors in descending order; `rows` holds one eigenvector a row,
 * values.length elements each, without gaps.
 */
export function sortedEigen(values: Float64Array, rows: Float64Array, scale: number): Eigen {
  const size = values.length;
  const order = Array.from(values.keys()).sort((i, j) => values[j]! - values[i]!);
  const vectors = matrix(size, size);
  for (const [to, from] of order.entries())
    for (let i = 0; i < size; i++) vectors.data[i * size + to] = rows[from * size + i]!;
  return { values: Float64Array.from(order, i => values[i]! * scale), vectors };
}
