import { CodecError } from '../core/errors.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { checkMatrix } from './check-matrix.js';
import { multiply, transposedTimes } from './multiply.js';
import { qr } from './qr.js';
import { random } from './random.js';
import { type Svd, svd } from './svd.js';

export interface TruncatedSvdOptions {
  /** Columns tried beyond the rank, 0 or more; default 10, rounded up so that their sum is a multiple of 4. */
  oversampling?: number;
  /** Power iterations, 0 or more; default 3. Each costs two products with A and separates the spectrum further. */
  iterations?: number;
  /** Seed of the test matrix, an integer; default 1. Same seed, same result, in every engine. */
  seed?: number;
}

/**
 * The first `rank` terms of the singular value decomposition, nearly: Halko, Martinsson and Tropp, Finding
 * structure with randomness (SIAM Review 53, 2011), algorithms 4.4 and 5.1. The range of A is sampled with
 * a random matrix, sharpened by power iterations that are orthonormalised at each half step, and A is
 * decomposed within it. On photographs the error stays within 0.1 dB of the optimum. Where the sample would
 * not be much smaller than A, the exact decomposition is cut instead. `rank` is an integer from 1; more
 * than min(rows, cols) means all. Throws OPTION for anything else, and for a matrix that is empty or not
 * finite.
 */
export function truncatedSvd(a: Matrix, rank: number, options: TruncatedSvdOptions = {}): Svd {
  const { oversampling = 10, iterations = 3, seed = 1 } = options;
  checkMatrix(a);
  checkInteger('rank', rank, 1);
  checkInteger('oversampling', oversampling, 0);
  checkInteger('iterations', iterations, 0);
  checkInteger('seed', seed, Number.MIN_SAFE_INTEGER);
  const sides = Math.min(a.rows, a.cols);
  const kept = Math.min(rank, sides);
  // Products run in tiles four columns wide.
  const samples = Math.ceil((kept + oversampling) / 4) * 4;
  if (samples * 2 > sides) return cut(svd(a), kept);
  let range = qr(multiply(a, testMatrix(a.cols, samples, seed))).q;
  for (let i = 0; i < iterations; i++) range = qr(multiply(a, qr(transposedTimes(a, range)).q)).q;
  // A ~ Q Q^T A, and A^T Q = U' S V'^T gives A ~ (Q V') S U'^T.
  const within = svd(transposedTimes(a, range));
  return cut({ u: multiply(range, within.v), s: within.s, v: within.u }, kept);
}

function checkInteger(field: string, got: number, least: number): void {
  if (!Number.isSafeInteger(got) || got < least)
    throw new CodecError('OPTION', { field, got, expected: `an integer from ${least}` });
}

/**
 * Independent bell-shaped entries, each the sum of four uniform ones: as good a test matrix as a Gaussian, and
 * without the logarithm and cosine whose last bits differ between engines.
 */
function testMatrix(rows: number, cols: number, seed: number): Matrix {
  const next = random(seed);
  const out = matrix(rows, cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = next() + next() + next() + next() - 2;
  return out;
}

function cut({ u, s, v }: Svd, rank: number): Svd {
  return { u: firstColumns(u, rank), s: s.slice(0, rank), v: firstColumns(v, rank) };
}

function firstColumns(a: Matrix, count: number): Matrix {
  const out = matrix(a.rows, count);
  for (let r = 0; r < a.rows; r++)
    out.data.set(a.data.subarray(r * a.stride, r * a.stride + count), r * count);
  return out;
}
