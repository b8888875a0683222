import { describe, expect, it } from 'vitest';
import { qr } from '../../../src/algebra/qr.js';
import { matrix } from '../../../src/core/matrix.js';
import { distance, fromRows, orthonormalError, plainProduct, randomMatrix, withStride } from './matrices.js';

describe('QR', () => {
  it.each([
    ['tall', withStride(randomMatrix(40, 7), 9)],
    ['square', randomMatrix(12, 12)],
    ['one column', randomMatrix(5, 1)],
    ['one element', fromRows([[-3]])],
    ['zero', matrix(6, 3)],
    [
      'repeated columns',
      fromRows([
        [1, 1, 2],
        [2, 2, 4],
        [3, 3, 6],
        [4, 4, 8],
      ]),
    ],
    [
      'a zero first column',
      fromRows([
        [0, 1],
        [0, 2],
        [0, 3],
      ]),
    ],
  ])('of a matrix that is %s recomposes from orthonormal columns and a triangle', (_name, a) => {
    const { q, r } = qr(a);
    expect([q.rows, q.cols, r.rows, r.cols]).toEqual([a.rows, a.cols, a.cols, a.cols]);
    expect(orthonormalError(q)).toBeLessThan(1e-14);
    expect(distance(plainProduct(q, r), a)).toBeLessThan(1e-14);
    for (let i = 0; i < r.rows; i++) for (let j = 0; j < i; j++) expect(r.data[i * r.stride + j]).toBe(0);
  });

  it('neither overflows nor loses very large and very small matrices', () => {
    for (const size of [2 ** 900, 2 ** -900]) {
      const a = randomMatrix(5, 3);
      const expected = qr(a).r;
      const { r } = qr({ ...a, data: a.data.map(x => x * size) });
      expect(distance({ ...r, data: r.data.map(x => x / size) }, expected)).toBe(0);
    }
  });

  it('takes the rest of a column for zero if its square would underflow', () => {
    for (const tiny of [1e-131, 1e-147, 1e-160, 1e-200, 5e-324]) {
      const a = matrix(4, 3, Float64Array.of(0, tiny, 1, tiny, 0, 1, -1, tiny, tiny, 1, tiny, 0));
      const { q, r } = qr(a);
      expect(orthonormalError(q)).toBeLessThan(1e-14);
      expect(distance(plainProduct(q, r), a)).toBeLessThan(1e-14);
    }
  });

  it('refuses more columns than rows', () => {
    expect(() => qr(randomMatrix(3, 4))).toThrow(expect.objectContaining({ code: 'OPTION', got: '3 x 4' }));
  });
});
