import { describe, expect, it } from 'vitest';
import { random } from '../../../src/algebra/random.js';
import { svd } from '../../../src/algebra/svd.js';
import { truncatedSvd } from '../../../src/algebra/truncated-svd.js';
import { type Matrix, matrix } from '../../../src/core/matrix.js';
import {
  distance,
  orthonormalError,
  plainProduct,
  randomMatrix,
  recompose,
  squaredError,
} from './matrices.js';

/** A spectrum like that of photographs: the i-th value is about 1 / i. */
function photographic(rows: number, cols: number): Matrix {
  const side = Math.min(rows, cols);
  const u = svd(randomMatrix(rows, side, 2)).u;
  const v = svd(randomMatrix(cols, side, 3)).u;
  return recompose({ u, s: Float64Array.from({ length: side }, (_, i) => 1000 / (i + 1)), v });
}

describe('Truncated SVD', () => {
  it.each([
    [96, 144],
    [144, 96],
  ])('of %i x %i stays within 0.1 dB of the optimum and is orthonormal', (rows, cols) => {
    const a = photographic(rows, cols);
    for (const rank of [1, 8, 32]) {
      const cut = truncatedSvd(a, rank);
      expect([cut.u.rows, cut.u.cols, cut.s.length, cut.v.rows, cut.v.cols]).toEqual([
        rows,
        rank,
        rank,
        cols,
        rank,
      ]);
      expect(orthonormalError(cut.u)).toBeLessThan(1e-13);
      expect(orthonormalError(cut.v)).toBeLessThan(1e-13);
      let optimum = 0;
      for (let i = rank; i < 96; i++) optimum += (1000 / (i + 1)) ** 2;
      const error = squaredError(recompose(cut), a);
      expect(error).toBeGreaterThan(optimum * (1 - 1e-9));
      expect(10 * Math.log10(error / optimum)).toBeLessThan(0.1);
    }
  });

  it('comes closer with more power iterations', () => {
    const a = photographic(120, 100);
    const errors = [0, 1, 3].map(iterations =>
      squaredError(recompose(truncatedSvd(a, 16, { iterations })), a),
    );
    expect(errors[0]).toBeGreaterThan(errors[1]! * 1.02);
    expect(errors[1]).toBeGreaterThan(errors[2]!);
  });

  it('is exact if the rank of the matrix is at most the requested one', () => {
    const a = plainProduct(randomMatrix(90, 5), randomMatrix(5, 70, 2));
    const cut = truncatedSvd(a, 8);
    expect(distance(recompose(cut), a)).toBeLessThan(1e-13);
    expect(orthonormalError(cut.u)).toBeLessThan(1e-13);
    expect(orthonormalError(cut.v)).toBeLessThan(1e-13);
    expect(Math.max(...cut.s.slice(5))).toBeLessThan(1e-12);
  });

  it('copes with entries so small that power iterations underflow', () => {
    const tile = [0, 2.0326176632491681e-131, 0, 0, 0, 0, 0, 0, -1, 1];
    const a = matrix(60, 24);
    for (let i = 0; i < a.data.length; i++) a.data[i] = tile[(Math.floor(i / 24) % 5) * 2 + (i % 2)]!;
    const cut = truncatedSvd(a, 1);
    expect(distance(recompose(cut), a)).toBeLessThan(1e-13);
  });

  it('of the zero matrix has zero values and orthonormal vectors', () => {
    const { u, s, v } = truncatedSvd(matrix(80, 60), 4);
    expect(s).toEqual(new Float64Array(4));
    expect(orthonormalError(u)).toBeLessThan(1e-14);
    expect(orthonormalError(v)).toBeLessThan(1e-14);
  });

  it('is the exact one, cut, if a sample would save nothing, and never has more terms than exist', () => {
    const a = randomMatrix(12, 30);
    const exact = svd(a);
    expect(truncatedSvd(a, 3).s).toEqual(exact.s.slice(0, 3));
    expect(truncatedSvd(a, 100).s).toEqual(exact.s);
  });

  it('depends only on the seed', () => {
    const a = photographic(90, 80);
    expect(truncatedSvd(a, 8, { seed: 5 })).toEqual(truncatedSvd(a, 8, { seed: 5 }));
    expect(distance(truncatedSvd(a, 8, { seed: 5 }).u, truncatedSvd(a, 8, { seed: 6 }).u)).toBeGreaterThan(0);
  });

  it.each([
    ['rank', 0, {}],
    ['rank', 1.5, {}],
    ['rank', Number.NaN, {}],
    ['oversampling', 1, { oversampling: -1 }],
    ['iterations', 1, { iterations: 0.5 }],
    ['seed', 1, { seed: Number.NaN }],
  ])('refuses a %s out of range (%d, %o)', (field, rank, options) => {
    expect(() => truncatedSvd(randomMatrix(4, 4), rank, options)).toThrow(
      expect.objectContaining({ code: 'OPTION', field }),
    );
  });
});

describe('random', () => {
  it('is mulberry32', () => {
    const next = random(1);
    expect([next(), next(), next()].map(x => x * 2 ** 32)).toEqual([2693262067, 11749833, 2265367787]);
  });
});
