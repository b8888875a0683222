import { describe, expect, it } from 'vitest';
import { multiply, timesTransposed, transposedTimes } from '../../../src/algebra/multiply.js';
import { transpose } from '../../../src/algebra/transpose.js';
import { distance, plainProduct, plainTranspose, randomMatrix, withStride } from './matrices.js';

// Sizes around the tile (2 x 4), the step of the transposition (4) and the panel (248).
const SIZES = [
  [1, 1, 1],
  [2, 4, 248],
  [3, 5, 249],
  [7, 9, 3],
  [8, 6, 500],
  [1, 11, 4],
  [11, 1, 4],
] as const;

describe('products', () => {
  it.each(SIZES)('of %i x %i over %i terms equal the definition, whatever the stride', (m, n, k) => {
    const a = withStride(randomMatrix(m, k, 1), k + 3);
    const b = withStride(randomMatrix(k, n, 2), n + 2);
    const expected = plainProduct(a, b);
    expect(distance(multiply(a, b), expected)).toBeLessThan(1e-12);
    expect(distance(transposedTimes(withStride(plainTranspose(a), m + 1), b), expected)).toBeLessThan(1e-12);
    expect(distance(timesTransposed(a, withStride(plainTranspose(b), k + 5)), expected)).toBeLessThan(1e-12);
  });

  it('of a matrix with itself, transposed, share one panel', () => {
    const a = randomMatrix(301, 6);
    expect(distance(transposedTimes(a, a), plainProduct(plainTranspose(a), a))).toBeLessThan(1e-12);
  });

  it('refuse inner sizes that differ', () => {
    const failure = expect.objectContaining({ code: 'OPTION', field: 'inner size' });
    expect(() => multiply(randomMatrix(2, 3), randomMatrix(2, 3))).toThrow(failure);
    expect(() => transposedTimes(randomMatrix(2, 3), randomMatrix(3, 3))).toThrow(failure);
    expect(() => timesTransposed(randomMatrix(2, 3), randomMatrix(2, 4))).toThrow(failure);
  });
});

it.each([
  [1, 1],
  [3, 5],
  [9, 4],
])('A transpose of %i x %i equals the definition, whatever the stride', (rows, cols) => {
  const a = withStride(randomMatrix(rows, cols), cols + 2);
  expect(distance(transpose(a), plainTranspose(a))).toBe(0);
});
