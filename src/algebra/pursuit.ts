import { CodecError } from '../core/errors.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { checkMatrix } from './check-matrix.js';
import { shrinkValues } from './shrink-values.js';
import { transpose } from './transpose.js';
import { truncatedSvd } from './truncated-svd.js';

export interface PursuitOptions {
  /** Weight of the sparse part, above 0; default 1 / sqrt(max(rows, cols)), with which recovery is proven. */
  lambda?: number;
  /** Stops where |M - L - S|_F <= tolerance |M|_F; default 1e-7. */
  tolerance?: number;
  /** Stops after so many steps in any case, 1 or more; default 200. About 25 are usual. */
  maxSteps?: number;
}

/** M = low + sparse. */
export interface Pursuit {
  low: Matrix;
  sparse: Matrix;
  /** Rank of `low`. */
  rank: number;
  steps: number;
  /** |M - L - S|_F / |M|_F. */
  residual: number;
}

/** The penalty grows by this factor a step, up to LIMIT times its start (Lin, Chen and Ma). */
const GROWTH = 1.5;
const LIMIT = 1e7;

/**
 * Principal component pursuit: the L and S that minimise |L|_* + lambda |S|_1 with L + S = M (Candes, Li, Ma and Wright, Robust
 * principal component analysis?, J. ACM 58, 2011), by the inexact augmented Lagrangian of Lin, Chen and Ma (The augmented
 * Lagrange multiplier method for exact recovery of corrupted low-rank matrices, 2010, algorithm 5). Holds four matrices of the
 * size of M. Throws OPTION where the matrix is empty or not finite, or an option is out of range.
 */
export function principalComponentPursuit(m: Matrix, options: PursuitOptions = {}): Pursuit {
  checkMatrix(m);
  if (m.rows > m.cols) {
    const { low, sparse, ...rest } = principalComponentPursuit(transpose(m), options);
    return { low: transpose(low), sparse: transpose(sparse), ...rest };
  }
  const { lambda = 1 / Math.sqrt(m.cols), tolerance = 1e-7, maxSteps = 200 } = options;
  checkPositive('lambda', lambda);
  checkPositive('tolerance', tolerance);
  checkPositive('maxSteps', maxSteps);
  const { rows, cols } = m;
  const data = m.stride === cols ? m.data : compact(m);
  const sparse = matrix(rows, cols);
  const dual = matrix(rows, cols);
  const size = norm(data, rows * cols);
  if (size === 0) return { low: matrix(rows, cols), sparse, rank: 0, steps: 0, residual: 0 };
  const spectral = truncatedSvd({ rows, cols, stride: cols, data }, 1, { oversampling: 3 }).s[0]!;
  const scale = Math.max(spectral, largest(data, rows * cols) / lambda);
  for (let i = 0; i < rows * cols; i++) dual.data[i] = data[i]! / scale;
  let penalty = 1.25 / spectral;
  const most = penalty * LIMIT;
  for (let steps = 1; ; steps++) {
    const { low, rank } = shrinkValues(target(data, sparse, dual, 1 / penalty), 1 / penalty);
    const residual = update(data, low, sparse, dual, penalty, lambda / penalty) / size;
    if (residual <= tolerance || steps >= maxSteps) return { low, sparse, rank, steps, residual };
    penalty = Math.min(penalty * GROWTH, most);
  }
}

function checkPositive(field: string, got: number): void {
  if (!(got > 0)) throw new CodecError('OPTION', { field, got, expected: 'a number above 0' });
}

function compact(m: Matrix): Float64Array {
  const data = new Float64Array(m.rows * m.cols);
  for (let r = 0; r < m.rows; r++) data.set(m.data.subarray(r * m.stride, r * m.stride + m.cols), r * m.cols);
  return data;
}

function norm(data: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += data[i]! * data[i]!;
  return Math.sqrt(sum);
}

function largest(data: Float64Array, length: number): number {
  let most = 0;
  for (let i = 0; i < length; i++) most = Math.max(most, Math.abs(data[i]!));
  return most;
}

/** M - S + Y / penalty. */
function target(data: Float64Array, sparse: Matrix, dual: Matrix, inverse: number): Matrix {
  const out = matrix(sparse.rows, sparse.cols);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = data[i]! - sparse.data[i]! + dual.data[i]! * inverse;
  return out;
}

/** S by soft thresholding, then Y += penalty (M - L - S); returns |M - L - S|_F. */
function update(
  data: Float64Array,
  { data: low }: Matrix,
  { data: sparse }: Matrix,
  { data: dual }: Matrix,
  penalty: number,
  threshold: number,
): number {
  const inverse = 1 / penalty;
  let sum = 0;
  for (let i = 0; i < low.length; i++) {
    const rest = data[i]! - low[i]!;
    const value = rest + dual[i]! * inverse;
    const s = value > threshold ? value - threshold : value < -threshold ? value + threshold : 0;
    const left = rest - s;
    sparse[i] = s;
    dual[i] = dual[i]! + penalty * left;
    sum += left * left;
  }
  return Math.sqrt(sum);
}
