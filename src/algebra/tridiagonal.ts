import { reflect } from './householder.js';
import { addScaled, dot } from './vector.js';

/** A = Z T Z^T with T symmetric and tridiagonal. */
export interface Tridiagonal {
  /** size elements. */
  diagonal: Float64Array;
  /** size elements, the last unused: beside the diagonal. */
  beside: Float64Array;
  /** Z^T, size x size without gaps: a column of Z is one run. */
  zt: Float64Array;
}

/**
 * Householder tridiagonalisation (Golub and Van Loan, Matrix Computations, section 8.3.1) of the symmetric
 * `work`, size x size without gaps, entries well inside the range of squares. `work` is overwritten.
 */
export function tridiagonalise(work: Float64Array, size: number): Tridiagonal {
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  const betas = new Float64Array(size);
  const w = new Float64Array(size);
  for (let k = 0; k + 1 < size; k++) {
    const from = k + 1;
    const length = size - from;
    const at = k * size + from;
    diagonal[k] = work[k * size + k]!;
    const { beta, alpha } = reflect(work, at, length);
    beside[k] = alpha;
    betas[k] = beta;
    if (beta === 0) continue;
    // With p = beta A v and w = p - (beta / 2) (p . v) v: H A H = A - v w^T - w v^T.
    for (let i = from; i < size; i++) w[i] = beta * dot(work, i * size + from, work, at, length);
    addScaled((-beta / 2) * dot(w, from, work, at, length), work, at, w, from, length);
    for (let i = from; i < size; i++) {
      addScaled(-work[k * size + i]!, w, from, work, i * size + from, length);
      addScaled(-w[i]!, work, at, work, i * size + from, length);
    }
  }
  diagonal[size - 1] = work[size * size - 1]!;
  return { diagonal, beside, zt: accumulate(work, betas, size) };
}

/** The reflections, last first, applied to the identity. */
function accumulate(work: Float64Array, betas: Float64Array, size: number): Float64Array {
  const zt = new Float64Array(size * size);
  zt[0] = 1;
  for (let k = size - 2; k >= 0; k--) {
    const from = k + 1;
    const length = size - from;
    const at = k * size + from;
    zt[from * size + from] = 1;
    if (betas[k] === 0) continue;
    for (let p = from * size + from; p < size * size; p += size)
      addScaled(-betas[k]! * dot(work, at, zt, p, length), work, at, zt, p, length);
  }
  return zt;
}
