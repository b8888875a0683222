import { EVD } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { jacobiEigen } from '../../../src/algebra/jacobi.js';
import type { Eigen } from '../../../src/algebra/sorted-eigen.js';
import { symmetricEigen } from '../../../src/algebra/symmetric-eigen.js';
import { type Matrix, matrix } from '../../../src/core/matrix.js';
import {
  distance,
  fromRows,
  identity,
  orthonormalError,
  plainProduct,
  plainTranspose,
  randomMatrix,
  recompose,
  toPeer,
  withStride,
} from './matrices.js';

const gram = (rows: number, cols: number): Matrix => {
  const a = randomMatrix(rows, cols);
  return plainProduct(plainTranspose(a), a);
};

/** Wilkinson's W21+: pairs of eigenvalues equal to fourteen digits. */
const wilkinson = (): Matrix => {
  const out = matrix(21, 21);
  for (let i = 0; i < 21; i++) {
    out.data[i * 22] = Math.abs(i - 10);
    if (i > 0) out.data[i * 22 - 1] = out.data[i * 22 - 21] = 1;
  }
  return out;
};

const indefinite = (): Matrix => {
  const a = randomMatrix(15, 15);
  const t = plainTranspose(a);
  return { ...a, data: a.data.map((x, i) => x + t.data[i]!) };
};

const MATRICES: [string, Matrix][] = [
  ['one element', fromRows([[-2]])],
  [
    'two by two',
    fromRows([
      [1, 2],
      [2, -1],
    ]),
  ],
  ['zero', matrix(4, 4)],
  ['the identity', identity(5)],
  [
    'all ones',
    fromRows([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]),
  ],
  [
    'diagonal',
    fromRows([
      [1, 0, 0],
      [0, -5, 0],
      [0, 0, 3],
    ]),
  ],
  [
    'split in blocks',
    fromRows([
      [1, 2, 0, 0],
      [2, 1, 0, 0],
      [0, 0, 3, 1],
      [0, 0, 1, 3],
    ]),
  ],
  ['a covariance', withStride(gram(100, 32), 40)],
  ['rank-deficient', gram(5, 12)],
  ['indefinite', indefinite()],
  ['Wilkinson', wilkinson()],
];

describe.each<[string, (a: Matrix) => Eigen]>([
  ['symmetricEigen', symmetricEigen],
  ['jacobiEigen', a => jacobiEigen(a)],
])('%s', (_name, eigen) => {
  it.each(MATRICES)('agrees with ml-matrix and recomposes: %s', (_what, a) => {
    const { values, vectors } = eigen(a);
    const expected = new EVD(toPeer(a), { assumeSymmetric: true }).realEigenvalues.sort((x, y) => y - x);
    const norm = Math.max(1e-300, ...expected.map(Math.abs));
    for (const [i, value] of expected.entries())
      expect(Math.abs(values[i]! - value) / norm).toBeLessThan(1e-13);
    expect(Array.from(values)).toEqual(Array.from(values).sort((x, y) => y - x));
    expect(orthonormalError(vectors)).toBeLessThan(1e-13);
    expect(distance(recompose({ u: vectors, s: values, v: vectors }), a) / norm).toBeLessThan(1e-13);
  });

  it('refuses matrices that are not square, not symmetric or not finite', () => {
    const code = expect.objectContaining({ code: 'OPTION' });
    expect(() => eigen(randomMatrix(2, 3))).toThrow(code);
    expect(() =>
      eigen(
        fromRows([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toThrow(code);
    expect(() =>
      eigen(
        fromRows([
          [1, Number.NaN],
          [Number.NaN, 4],
        ]),
      ),
    ).toThrow(code);
  });
});
