import { cosSin, turn } from '../algebra/givens.js';
import { greedyRotations } from '../algebra/greedy-rotations.js';
import { codingGain } from '../algebra/largest-rotation.js';
import { symmetricEigen } from '../algebra/symmetric-eigen.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { type Basis, type Rotation, SIZE } from './rotation.js';

/** Bits of an angle of the picture's own rotations, and of an exact basis. */
const AUTO_PRECISION = 6;
const EXACT_PRECISION = 12;

/** X^T X of the coefficients of one channel: element k of block b at [b * 64 + k]. 64 x 64. */
export function covariance(u: Float32Array): Matrix {
  const c = matrix(SIZE, SIZE);
  for (let at = 0; at < u.length; at += SIZE)
    for (let i = 0; i < SIZE; i++) {
      const x = u[at + i]!;
      if (x === 0) continue;
      for (let j = i; j < SIZE; j++) c.data[i * SIZE + j]! += x * u[at + j]!;
    }
  for (let i = 0; i < SIZE; i++) for (let j = 0; j < i; j++) c.data[i * SIZE + j] = c.data[j * SIZE + i]!;
  return c;
}

/**
 * The picture's own rotations of a channel, at most `count`, by greedy Jacobi on the covariance of its coefficients, largest coding gain
 * first; plane 0 is not rotated. Undefined if none gains.
 */
export function designRotations(u: Float32Array, count: number): Basis | undefined {
  const full = covariance(u);
  const planes = matrix(SIZE - 1, SIZE - 1);
  for (let i = 1; i < SIZE; i++)
    for (let j = 1; j < SIZE; j++) planes.data[(i - 1) * (SIZE - 1) + j - 1] = full.data[i * SIZE + j]!;
  const rotations = greedyRotations(planes, { count, gain: codingGain })
    .map(({ i, j, angle }) => ({
      i: i + 1,
      j: j + 1,
      n: Math.round(Math.tan(angle / 2) * 2 ** AUTO_PRECISION),
    }))
    .filter(({ n }) => n !== 0);
  return rotations.length ? { precision: AUTO_PRECISION, rotations, predictors: [] } : undefined;
}

/**
 * The exact SVD basis of a channel's matrix X, its first `columns` columns: the eigenvectors of X^T X in order of singular value, column m
 * at the m-th plane of `order`. It is factored into Givens rotations (QR by rotations; each angle is rounded before the next is computed,
 * so that errors do not add up).
 */
export function designExact(u: Float32Array, columns: number, order: Uint8Array): Basis {
  const { vectors } = symmetricEigen(covariance(u));
  const v = new Float64Array(SIZE * SIZE);
  for (let r = 0; r < SIZE; r++)
    for (let m = 0; m < SIZE; m++) v[r * SIZE + order[m]!] = vectors.data[r * vectors.stride + m]!;
  const rotations: Rotation[] = exactPairs(columns, order).map(([i, j]) => {
    const pivot = v[i * SIZE + i]!;
    const other = v[j * SIZE + i]!;
    // Half the angle that makes the element below the pivot zero, within 90 degrees; the pivot's sign is free.
    const angle = pivot === 0 && other === 0 ? 0 : Math.atan2(pivot < 0 ? -other : other, Math.abs(pivot));
    // At 90 degrees, turning the other way differs only in signs.
    const n = asRight(Math.round(Math.tan(angle / 2) * 2 ** EXACT_PRECISION));
    const back = cosSin(-n, EXACT_PRECISION);
    for (let k = 0; k < SIZE; k++) turn(v, i * SIZE + k, j * SIZE + k, back);
    return { i, j, n };
  });
  return { precision: EXACT_PRECISION, rotations, predictors: [] };
}

const asRight = (n: number): number => (n === 2 ** EXACT_PRECISION ? -n : n);

/** X V for a V given by rotations: rotates the coefficients `u`, on the DCT basis, to the new basis. */
export const turned = (u: Float32Array, { precision, rotations }: Basis): Float32Array =>
  turnedBy(
    u,
    rotations.map(({ i, j, n }) => ({ i, j, by: cosSin(-n, precision) })),
  );

/** The inverse of `turned`. */
export const turnedBack = (u: Float32Array, { precision, rotations }: Basis): Float32Array =>
  turnedBy(u, rotations.map(({ i, j, n }) => ({ i, j, by: cosSin(n, precision) })).reverse());

function turnedBy(u: Float32Array, turns: { i: number; j: number; by: [number, number] }[]): Float32Array {
  const out = Float64Array.from(u);
  for (const { i, j, by } of turns)
    for (let at = 0; at < out.length; at += SIZE) turn(out, at + i, at + j, by);
  return Float32Array.from(out);
}

/**
 * The pairs of an exact basis with this many columns: column by column in order, each with all columns that have not been first yet, by
 * number.
 */
export function exactPairs(columns: number, order: Uint8Array): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < columns; a++) for (const j of order.slice(a + 1).sort()) pairs.push([order[a]!, j]);
  return pairs;
}
