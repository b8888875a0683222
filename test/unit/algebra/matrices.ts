import { Matrix as PeerMatrix } from 'ml-matrix';
import { random } from '../../../src/algebra/random.js';
import { type Matrix, matrix } from '../../../src/core/matrix.js';

/** Rows of numbers as a matrix. */
export const fromRows = (rows: number[][]): Matrix =>
  matrix(rows.length, rows[0]!.length, Float64Array.from(rows.flat()));

/** Entries between -1 and 1, the same for the same seed. */
export function randomMatrix(rows: number, cols: number, seed = 1): Matrix {
  const next = random(seed);
  const out = matrix(rows, cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = 2 * next() - 1;
  return out;
}

/** A matrix in the middle of a larger one, so that its stride exceeds its columns; the rest is NaN. */
export function withStride(a: Matrix, stride: number): Matrix {
  const data = new Float64Array(a.rows * stride).fill(Number.NaN);
  for (let r = 0; r < a.rows; r++)
    for (let c = 0; c < a.cols; c++) data[r * stride + c] = a.data[r * a.stride + c]!;
  return { rows: a.rows, cols: a.cols, stride, data };
}

/** Products by the definition, entry by entry. */
export function plainProduct(a: Matrix, b: Matrix): Matrix {
  const out = matrix(a.rows, b.cols);
  for (let r = 0; r < a.rows; r++)
    for (let c = 0; c < b.cols; c++)
      for (let k = 0; k < a.cols; k++)
        out.data[r * b.cols + c]! += a.data[r * a.stride + k]! * b.data[k * b.stride + c]!;
  return out;
}

export function plainTranspose(a: Matrix): Matrix {
  const out = matrix(a.cols, a.rows);
  for (let r = 0; r < a.rows; r++)
    for (let c = 0; c < a.cols; c++) out.data[c * a.rows + r] = a.data[r * a.stride + c]!;
  return out;
}

/** The largest difference in magnitude between entries; NaN if one is NaN, Infinity if the shapes differ. */
export function distance(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows || a.cols !== b.cols) return Infinity;
  let largest = 0;
  for (let r = 0; r < a.rows; r++)
    for (let c = 0; c < a.cols; c++)
      largest = Math.max(largest, Math.abs(a.data[r * a.stride + c]! - b.data[r * b.stride + c]!));
  return largest;
}

export function identity(size: number): Matrix {
  const out = matrix(size, size);
  for (let i = 0; i < size; i++) out.data[i * size + i] = 1;
  return out;
}

/** How far the columns are from orthonormal. */
export const orthonormalError = (a: Matrix): number =>
  distance(plainProduct(plainTranspose(a), a), identity(a.cols));

/** U diag(s) V^T. */
export function recompose({ u, s, v }: { u: Matrix; s: Float64Array; v: Matrix }): Matrix {
  const weighted = matrix(u.rows, u.cols);
  for (let r = 0; r < u.rows; r++)
    for (let c = 0; c < u.cols; c++) weighted.data[r * u.cols + c] = u.data[r * u.stride + c]! * s[c]!;
  return plainProduct(weighted, plainTranspose(v));
}

/** Sum of squared differences. */
export function squaredError(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return sum;
}

export const toPeer = (a: Matrix): PeerMatrix =>
  new PeerMatrix(
    Array.from({ length: a.rows }, (_, r) =>
      Array.from(a.data.subarray(r * a.stride, r * a.stride + a.cols)),
    ),
  );
