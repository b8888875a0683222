import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jacobiEigen } from '../../src/algebra/jacobi.js';
import { qr } from '../../src/algebra/qr.js';
import { svd } from '../../src/algebra/svd.js';
import { symmetricEigen } from '../../src/algebra/symmetric-eigen.js';
import { truncatedSvd } from '../../src/algebra/truncated-svd.js';
import { type Matrix, matrix } from '../../src/core/matrix.js';
import {
  distance,
  orthonormalError,
  plainProduct,
  plainTranspose,
  recompose,
  squaredError,
} from '../unit/algebra/matrices.js';

/** Zeros and small integers among the entries make repeated values and low rank common; the rest spans 16 decades. */
const entry = fc.oneof(
  fc.constant(0),
  fc.integer({ min: -2, max: 2 }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -8, max: 8 }))
    .map(([x, e]) => x * 10 ** e),
);

const matrices = (max: number): fc.Arbitrary<Matrix> =>
  fc
    .tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }))
    .chain(([rows, cols]) =>
      fc
        .array(entry, { minLength: rows * cols, maxLength: rows * cols })
        .map(data => matrix(rows, cols, Float64Array.from(data))),
    );

const norm = (a: Matrix): number => Math.sqrt(squaredError(a, matrix(a.rows, a.cols)));

/** Added to every bound: the checks below square numbers, and squares of less than this are zero or imprecise. */
const TINY = 1e-150;

const RUNS = { numRuns: 150 };

describe('For any matrix', () => {
  it('the SVD is orthonormal, ordered and recomposes, and the error at each rank is the tail of the spectrum', () => {
    fc.assert(
      fc.property(matrices(12), a => {
        const { u, s, v } = svd(a);
        const size = norm(a);
        expect(orthonormalError(u)).toBeLessThan(1e-13);
        expect(orthonormalError(v)).toBeLessThan(1e-13);
        for (let k = 0; k <= s.length; k++) {
          if (k > 0) expect(s[k - 1]).toBeGreaterThanOrEqual(s[k] ?? 0);
          const kept = s.map((value, i) => (i < k ? value : 0));
          const tail = Math.sqrt(s.slice(k).reduce((sum, value) => sum + value * value, 0));
          const error = Math.sqrt(squaredError(recompose({ u, s: kept, v }), a));
          expect(Math.abs(error - tail)).toBeLessThanOrEqual(1e-13 * size + TINY);
        }
      }),
      RUNS,
    );
  });

  it('QR recomposes, and the squares of the singular values are the eigenvalues of the Gram matrix', () => {
    fc.assert(
      fc.property(matrices(9), any => {
        const a = any.rows < any.cols ? plainTranspose(any) : any;
        const size = norm(a);
        const { q, r } = qr(a);
        expect(orthonormalError(q)).toBeLessThan(1e-13);
        expect(distance(plainProduct(q, r), a)).toBeLessThanOrEqual(1e-14 * size + TINY);
        const gram = plainProduct(plainTranspose(a), a);
        const { s } = svd(a);
        for (const { values, vectors } of [symmetricEigen(gram), jacobiEigen(gram)]) {
          expect(orthonormalError(vectors)).toBeLessThan(1e-13);
          for (const [i, value] of values.entries())
            expect(Math.abs(value - s[i]! ** 2)).toBeLessThanOrEqual(1e-13 * size * size + TINY);
        }
      }),
      RUNS,
    );
  });

  it('a truncated SVD is never better than the optimum, and exact if the rank is low', () => {
    fc.assert(
      fc.property(matrices(6), fc.integer({ min: 1, max: 9 }), (core, rank) => {
        // Repeated until it is large enough to be sampled: 12 x 12 tiles, of the same rank.
        const a = matrix(core.rows * 12, core.cols * 12);
        for (let i = 0; i < a.data.length; i++)
          a.data[i] =
            core.data[(Math.floor(i / a.cols) % core.rows) * core.cols + ((i % a.cols) % core.cols)]!;
        const cut = truncatedSvd(a, rank);
        expect(orthonormalError(cut.u)).toBeLessThan(1e-13);
        expect(orthonormalError(cut.v)).toBeLessThan(1e-13);
        const { s } = svd(core);
        const tail = 12 * Math.sqrt(s.slice(rank).reduce((sum, value) => sum + value * value, 0));
        const error = Math.sqrt(squaredError(recompose(cut), a));
        expect(Math.abs(error - tail)).toBeLessThanOrEqual(1e-12 * norm(a) + TINY);
      }),
      { numRuns: 60 },
    );
  });
});
