import { describe, expect, it } from 'vitest';
import { greedyRotations } from '../../../src/algebra/greedy-rotations.js';
import { jacobiEigen } from '../../../src/algebra/jacobi.js';
import { codingGain, energyGain, largestRotation } from '../../../src/algebra/largest-rotation.js';
import { type Rotation, rotateBasis, rotateSymmetric } from '../../../src/algebra/rotation.js';
import { type Matrix, matrix } from '../../../src/core/matrix.js';
import {
  distance,
  fromRows,
  identity,
  plainProduct,
  plainTranspose,
  randomMatrix,
  recompose,
} from './matrices.js';

const covariance = (size: number): Matrix => {
  const a = randomMatrix(3 * size, size, 5);
  return plainProduct(plainTranspose(a), a);
};

const offDiagonal = (a: Matrix): number => {
  let sum = 0;
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.cols; j++) if (i !== j) sum += a.data[i * a.stride + j]! ** 2;
  return sum;
};

const copy = (a: Matrix): Matrix => matrix(a.rows, a.cols, a.data.slice());

describe('jacobiEigen', () => {
  it('reports rotations whose product diagonalises the matrix', () => {
    const a = covariance(9);
    const basis = identity(9);
    const rest = copy(a);
    const { values } = jacobiEigen(a, {
      onRotation: rotation => {
        rotateBasis(basis, rotation);
        rotateSymmetric(rest, rotation);
      },
    });
    expect(Math.sqrt(offDiagonal(rest))).toBeLessThan(1e-12);
    expect(distance(plainProduct(plainProduct(basis, a), plainTranspose(basis)), rest)).toBeLessThan(1e-12);
    const diagonal = Array.from({ length: 9 }, (_, i) => rest.data[i * 10]!).sort((x, y) => y - x);
    for (const [i, value] of diagonal.entries()) expect(values[i]).toBeCloseTo(value, 11);
  });

  it('stops at the given tolerance and number of sweeps', () => {
    const count = (options: { tolerance?: number; maxSweeps?: number }): number => {
      const seen: Rotation[] = [];
      jacobiEigen(covariance(12), { ...options, onRotation: rotation => seen.push(rotation) });
      return seen.length;
    };
    expect(count({ tolerance: 1 })).toBe(0);
    expect(count({ maxSweeps: 1 })).toBeLessThan(count({ tolerance: 1e-3 }) + 1);
    expect(count({ tolerance: 1e-3 })).toBeLessThan(count({}));
  });

  it.each([
    { tolerance: -1 },
    { tolerance: Number.NaN },
    { tolerance: Infinity },
    { maxSweeps: 0 },
    { maxSweeps: 1.5 },
  ])('refuses %o', options => {
    expect(() => jacobiEigen(identity(2), options)).toThrow(
      expect.objectContaining({ code: 'OPTION', field: Object.keys(options)[0] }),
    );
  });
});

describe('largestRotation', () => {
  const a = fromRows([
    [100, 9, 0],
    [9, 50, 0.9],
    [0, 0.9, 1],
  ]);

  it('takes the largest off-diagonal element for energy, the largest correlation for coding gain', () => {
    expect(largestRotation(a)).toMatchObject({ i: 0, j: 1, gain: 162 });
    const second = largestRotation(
      fromRows([
        [100, 9, 0],
        [9, 50, 6.9],
        [0, 6.9, 1],
      ]),
      { gain: codingGain },
    );
    expect(second).toMatchObject({ i: 1, j: 2 });
    expect(second!.gain).toBeCloseTo(-0.5 * Math.log2(1 - 6.9 ** 2 / 50), 12);
  });

  it('zeroes its element by at most 45 degrees and removes the energy that it reports', () => {
    for (const start of [
      a,
      covariance(8),
      fromRows([
        [2, 1],
        [1, 2],
      ]),
      fromRows([
        [2, -1],
        [-1, 2],
      ]),
    ]) {
      const rest = copy(start);
      const rotation = largestRotation(rest)!;
      rotateSymmetric(rest, rotation);
      expect(Math.abs(rest.data[rotation.i * rest.stride + rotation.j]!)).toBeLessThan(1e-13);
      expect(Math.abs(rotation.angle)).toBeLessThanOrEqual(Math.PI / 4);
      expect(Math.cos(rotation.angle)).toBeCloseTo(rotation.cos, 14);
      expect(Math.sin(rotation.angle)).toBeCloseTo(rotation.sin, 14);
      expect(offDiagonal(start) - offDiagonal(rest)).toBeCloseTo(rotation.gain, 9);
    }
  });

  it('finds none on a diagonal, below a threshold or among too few axes', () => {
    expect(largestRotation(identity(4))).toBeUndefined();
    expect(largestRotation(a, { least: 162 })).toBeUndefined();
    expect(largestRotation(a, { axes: 1 })).toBeUndefined();
  });

  it('bounds the gain of columns that are multiples of each other, and of empty ones', () => {
    expect(codingGain(1, 4, 2)).toBe(26);
    expect(codingGain(0, 4, 0)).toBe(0);
    expect(energyGain(0, 4, -3)).toBe(18);
  });
});

describe('greedyRotations', () => {
  it('picks the largest remaining gain first, and every prefix leaves less off the diagonal', () => {
    const a = covariance(10);
    const rest = copy(a);
    const found = greedyRotations(a, { count: 20 });
    expect(found).toHaveLength(20);
    for (const rotation of found) {
      const best = Math.max(...Array.from(rest.data, (x, p) => (p % 11 === 0 ? 0 : 2 * x * x)));
      expect(rotation.gain).toBeCloseTo(best, 9);
      const before = offDiagonal(rest);
      rotateSymmetric(rest, rotation);
      expect(before - offDiagonal(rest)).toBeCloseTo(rotation.gain, 9);
    }
  });

  it('saves the bits it reports: half the log of the product of variances', () => {
    const a = covariance(6);
    const rest = copy(a);
    const bits = (m: Matrix): number =>
      Array.from({ length: 6 }, (_, i) => 0.5 * Math.log2(m.data[i * 7]!)).reduce((x, y) => x + y);
    const found = greedyRotations(a, { count: 7, gain: codingGain });
    for (const rotation of found) rotateSymmetric(rest, rotation);
    expect(bits(a) - bits(rest)).toBeCloseTo(
      found.reduce((sum, { gain }) => sum + gain, 0),
      10,
    );
  });

  it('ends at the eigenvectors', () => {
    const a = covariance(5);
    const basis = identity(5);
    for (const rotation of greedyRotations(a, { count: 200, least: 1e-28 })) rotateBasis(basis, rotation);
    const turned = plainProduct(plainProduct(basis, a), plainTranspose(basis));
    expect(Math.sqrt(offDiagonal(turned))).toBeLessThan(1e-12);
    const s = Float64Array.from({ length: 5 }, (_, i) => turned.data[i * 6]!);
    expect(distance(recompose({ u: plainTranspose(basis), s, v: plainTranspose(basis) }), a)).toBeLessThan(
      1e-12,
    );
  });

  it('changes neither its argument nor the axes beyond the limit', () => {
    const a = covariance(6);
    const before = copy(a);
    const found = greedyRotations(a, { count: 50, axes: 3, least: 1e-20 });
    expect(distance(a, before)).toBe(0);
    expect(found.length).toBeGreaterThan(2);
    for (const { i, j } of found) expect(Math.max(i, j)).toBeLessThan(3);
  });

  it.each([{ count: -1 }, { count: 1.5 }, { axes: -1, count: 1 }])('refuses %o', options => {
    expect(() => greedyRotations(identity(2), options)).toThrow(
      expect.objectContaining({ code: 'OPTION', field: Object.keys(options)[0] }),
    );
  });
});
