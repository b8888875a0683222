import { CodecError } from '../core/errors.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { checkMatrix } from './check-matrix.js';
import { reflect } from './householder.js';
import { transpose } from './transpose.js';
import { addScaled, dot } from './vector.js';

/** A = Q R. */
export interface Qr {
  /** rows x cols, orthonormal columns, even where A lacks rank. */
  q: Matrix;
  /** cols x cols, upper triangular; the diagonal may have either sign. */
  r: Matrix;
}

/**
 * Thin QR factorisation by Householder reflections of `a`, rows >= cols.
 * Throws OPTION where there are more columns than rows or an entry is not finite.
 */
export function qr(a: Matrix): Qr {
  const { rows, cols } = a;
  const scale = checkMatrix(a);
  if (rows < cols)
    throw new CodecError('OPTION', {
      field: 'matrix',
      got: `${rows} x ${cols}`,
      expected: 'no more columns than rows',
    });
  // One column after the other in memory: each reflection is then inner products and additions of whole runs.
  const work = transpose(a).data;
  for (let i = 0; i < work.length; i++) work[i] = work[i]! / scale;
  const betas = new Float64Array(cols);
  const r = matrix(cols, cols);
  for (let k = 0; k < cols; k++) {
    const at = k * rows + k;
    const length = rows - k;
    const { beta, alpha } = reflect(work, at, length);
    betas[k] = beta;
    r.data[k * cols + k] = alpha * scale;
    for (let j = k + 1; j < cols; j++) {
      const p = j * rows + k;
      if (beta !== 0) addScaled(-beta * dot(work, at, work, p, length), work, at, work, p, length);
      r.data[k * cols + j] = work[p]! * scale;
    }
  }
  return { q: transpose(accumulate(work, betas, rows, cols)), r };
}

/** Q^T (cols x rows): the first columns of the identity, reflected by H[cols - 1], ..., H[0]. */
function accumulate(work: Float64Array, betas: Float64Array, rows: number, cols: number): Matrix {
  const out = matrix(cols, rows);
  const to = out.data;
  for (let k = cols - 1; k >= 0; k--) {
    const at = k * rows + k;
    const length = rows - k;
    const beta = betas[k]!;
    to[at] = 1;
    if (beta === 0) continue;
    // Rows before k are unit vectors that this reflection leaves alone.
    for (let j = k; j < cols; j++) {
      const p = j * rows + k;
      addScaled(-beta * dot(work, at, to, p, length), work, at, to, p, length);
    }
  }
  return out;
}
