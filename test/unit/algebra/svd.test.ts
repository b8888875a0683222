import { SVD } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { svd } from '../../../src/algebra/svd.js';
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
  squaredError,
  toPeer,
  withStride,
} from './matrices.js';

const hilbert = (size: number): Matrix =>
  fromRows(Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => 1 / (i + j + 1))));

/** Upper bidiagonal with zeros on the diagonal: a shifted QR sweep has trouble here. */
const zeroDiagonal = fromRows([
  [1, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [0, 0, 0, 2],
]);

const MATRICES: [string, Matrix][] = [
  ['square', randomMatrix(30, 30)],
  ['slightly tall', randomMatrix(33, 30)],
  ['tall', withStride(randomMatrix(200, 16), 21)],
  ['slightly wide', randomMatrix(30, 40)],
  ['wide', withStride(randomMatrix(16, 200), 203)],
  ['one row', randomMatrix(1, 9)],
  ['one column', randomMatrix(9, 1)],
  ['one element', fromRows([[-4]])],
  [
    'two by two',
    fromRows([
      [1, 2],
      [3, 4],
    ]),
  ],
  ['the identity', identity(6)],
  ['zero', matrix(5, 4)],
  ['a zero row', matrix(1, 4)],
  ['rank one', plainProduct(randomMatrix(20, 1), randomMatrix(1, 14, 2))],
  ['rank five of twelve', plainProduct(randomMatrix(20, 5), randomMatrix(5, 12, 2))],
  ['constant', fromRows(Array.from({ length: 8 }, () => [7, 7, 7, 7, 7, 7]))],
  [
    'zero but for one element',
    fromRows([
      [0, 0, 0],
      [0, 0, -2],
      [0, 0, 0],
    ]),
  ],
  ['zeros on a bidiagonal', zeroDiagonal],
  [
    'nilpotent',
    fromRows([
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]),
  ],
  [
    'a permutation',
    fromRows([
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]),
  ],
  ['ill-conditioned', hilbert(12)],
  [
    'spread over 300 decades',
    fromRows([
      [1e-150, 1, 1e-300],
      [1e-131, 1e-140, 1],
      [1e-147, 0, 1e-160],
    ]),
  ],
  [
    'graded',
    fromRows([
      [1, 1e8, 0],
      [0, 1e-8, 1],
      [1e-16, 0, 1e-3],
    ]),
  ],
];

describe('SVD', () => {
  it.each(MATRICES)('agrees with ml-matrix, is orthonormal and recomposes: %s', (_name, a) => {
    const { u, s, v } = svd(a);
    const r = Math.min(a.rows, a.cols);
    expect([u.rows, u.cols, s.length, v.rows, v.cols]).toEqual([a.rows, r, r, a.cols, r]);
    const norm = Math.max(s[0]!, 1e-300);
    const expected = new SVD(toPeer(a), { autoTranspose: true }).diagonal;
    for (let i = 0; i < r; i++) {
      // Relative to the value itself, down to the rounding errors of the largest one in either result.
      expect(Math.abs(s[i]! - expected[i]!)).toBeLessThanOrEqual(1e-9 * expected[i]! + 1e-14 * norm);
      if (i > 0) expect(s[i]).toBeLessThanOrEqual(s[i - 1]!);
      expect(s[i]).toBeGreaterThanOrEqual(0);
    }
    expect(orthonormalError(u)).toBeLessThan(1e-13);
    expect(orthonormalError(v)).toBeLessThan(1e-13);
    expect(distance(recompose({ u, s, v }), a) / norm).toBeLessThan(1e-13);
  });

  it('agrees with ml-matrix to 1e-9 of each singular value on a well-conditioned matrix of some size', () => {
    const a = randomMatrix(96, 144, 7);
    const expected = new SVD(toPeer(a), { autoTranspose: true }).diagonal;
    for (const [i, value] of svd(a).s.entries())
      expect(Math.abs(value / expected[i]! - 1)).toBeLessThan(1e-9);
  });

  it('finds the singular values that a matrix was made from', () => {
    const expected = [5, 5, 3, 1e-3, 1e-6, 0];
    const u = svd(randomMatrix(9, 6, 3)).u;
    const v = svd(randomMatrix(6, 6, 4)).u;
    const { s } = svd(recompose({ u, s: Float64Array.from(expected), v }));
    for (const [i, value] of expected.entries()) expect(Math.abs(s[i]! - value)).toBeLessThan(1e-14);
  });

  it('cut at any rank has the tail of the spectrum as its error (Eckart and Young)', () => {
    const a = randomMatrix(24, 18, 9);
    const { u, s, v } = svd(a);
    for (let k = 0; k <= 18; k++) {
      const kept = s.map((value, i) => (i < k ? value : 0));
      const tail = s.slice(k).reduce((sum, value) => sum + value * value, 0);
      expect(squaredError(recompose({ u, s: kept, v }), a)).toBeCloseTo(tail, 11);
    }
  });

  it('scales exactly with the matrix, near both ends of the range of numbers', () => {
    const a = randomMatrix(7, 5);
    const { s } = svd(a);
    for (const size of [2 ** 990, 2 ** -990])
      expect(svd({ ...a, data: a.data.map(x => x * size) }).s).toEqual(s.map(x => x * size));
    expect(
      svd(
        fromRows([
          [5e-324, 0],
          [0, 5e-324],
        ]),
      ).s,
    ).toEqual(Float64Array.of(5e-324, 5e-324));
  });

  it('swaps U and V with rows and columns', () => {
    const a = randomMatrix(5, 8);
    const [x, y] = [svd(a), svd(plainTranspose(a))];
    expect([distance(x.u, y.v), distance(x.v, y.u)]).toEqual([0, 0]);
  });

  it.each([Number.NaN, Infinity, -Infinity, 2 ** 1001])('refuses %d and names its place', value => {
    const a = withStride(randomMatrix(4, 3), 5);
    a.data[2 * 5 + 1] = value;
    expect(() => svd(a)).toThrow(
      expect.objectContaining({ code: 'OPTION', field: 'matrix[2, 1]', got: value }),
    );
  });

  it.each([
    ['no rows', matrix(0, 3)],
    ['no columns', matrix(3, 0)],
    ['too few elements', matrix(3, 3, new Float64Array(8))],
    ['a stride below its columns', { ...matrix(2, 3), stride: 2 }],
    ['a broken number of rows', { ...matrix(2, 3), rows: 1.5 }],
  ])('refuses a matrix with %s', (_name, a) => {
    expect(() => svd(a)).toThrow(expect.objectContaining({ code: 'OPTION', field: 'matrix' }));
  });
});
