import { type Matrix, matrix } from '../core/matrix.js';
import { reflect } from './householder.js';
import { addScaled, dot } from './vector.js';

/** A = U B V^T with B upper bidiagonal; U and V are given transposed, so that a column of theirs is one run. */
export interface Bidiagonal {
  /** cols diagonal elements. */
  diagonal: Float64Array;
  /** cols elements, the last unused: above the diagonal. */
  above: Float64Array;
  /** cols x rows. */
  ut: Matrix;
  /** cols x cols. */
  vt: Matrix;
}

/**
 * Golub-Kahan bidiagonalisation by Householder reflections (Golub and Van Loan, Matrix Computations, section
 * 5.4.8) of rows x cols elements without gaps, rows >= cols, that lie well inside the range of squares.
 * `work` is overwritten.
 */
export function bidiagonalise(work: Float64Array, rows: number, cols: number): Bidiagonal {
  const diagonal = new Float64Array(cols);
  const above = new Float64Array(cols);
  const left = new Float64Array(cols);
  const right = new Float64Array(cols);
  const column = new Float64Array(rows);
  const sums = new Float64Array(cols);
  for (let k = 0; k < cols; k++) {
    const next = k + 1;
    const width = cols - next;
    for (let i = k; i < rows; i++) column[i] = work[i * cols + k]!;
    const fromLeft = reflect(column, k, rows - k);
    for (let i = k; i < rows; i++) work[i * cols + k] = column[i]!;
    diagonal[k] = fromLeft.alpha;
    left[k] = fromLeft.beta;
    if (width === 0) continue;
    sums.fill(0, next);
    if (fromLeft.beta !== 0) {
      for (let i = k; i < rows; i++) addScaled(column[i]!, work, i * cols + next, sums, next, width);
      addScaled(-fromLeft.beta * column[k]!, sums, next, work, k * cols + next, width);
    }
    const at = k * cols + next;
    const fromRight = reflect(work, at, width);
    above[k] = fromRight.alpha;
    right[k] = fromRight.beta;
    // Both reflections in one pass over the rest of the matrix.
    for (let i = next, p = i * cols + next; i < rows; i++, p += cols) {
      if (fromLeft.beta !== 0) addScaled(-fromLeft.beta * column[i]!, sums, next, work, p, width);
      if (fromRight.beta !== 0)
        addScaled(-fromRight.beta * dot(work, at, work, p, width), work, at, work, p, width);
    }
  }
  return { diagonal, above, ut: leftVectors(work, left, rows, cols), vt: rightVectors(work, right, cols) };
}

/** The reflections of the columns, last first, applied to the first `cols` rows of the identity. */
function leftVectors(work: Float64Array, betas: Float64Array, rows: number, cols: number): Matrix {
  const out = matrix(cols, rows);
  const v = new Float64Array(rows);
  for (let k = cols - 1; k >= 0; k--) {
    out.data[k * rows + k] = 1;
    const beta = betas[k]!;
    if (beta === 0) continue;
    for (let i = k; i < rows; i++) v[i] = work[i * cols + k]!;
    // Rows before k are unit vectors that this reflection leaves alone.
    for (let j = k, p = j * rows + k; j < cols; j++, p += rows)
      addScaled(-beta * dot(v, k, out.data, p, rows - k), v, k, out.data, p, rows - k);
  }
  return out;
}

/** The reflections of the rows, last first, applied to the identity. */
function rightVectors(work: Float64Array, betas: Float64Array, cols: number): Matrix {
  const out = matrix(cols, cols);
  out.data[0] = 1;
  for (let k = cols - 2; k >= 0; k--) {
    const from = k + 1;
    out.data[from * cols + from] = 1;
    const beta = betas[k]!;
    if (beta === 0) continue;
    const at = k * cols + from;
    for (let j = from, p = j * cols + from; j < cols; j++, p += cols)
      addScaled(-beta * dot(work, at, out.data, p, cols - from), work, at, out.data, p, cols - from);
  }
  return out;
}
