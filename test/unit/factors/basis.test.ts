import fc from 'fast-check';
import { Matrix as Peer, SVD } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { cosSin } from '../../../src/algebra/givens.js';
import { AdaptiveBits } from '../../../src/bits/adaptive.js';
import { RangeDecoder } from '../../../src/bits/range-decoder.js';
import { RangeEncoder } from '../../../src/bits/range-encoder.js';
import { FileSink } from '../../../src/encode/file-sink.js';
import { covariance, designExact, designRotations, exactPairs, turned } from '../../../src/factors/design.js';
import type { Predictors } from '../../../src/factors/predictor.js';
import { readBases } from '../../../src/factors/read-basis.js';
import { type Basis, SIZE, SYMBOL_CONTEXTS } from '../../../src/factors/rotation.js';
import { writeBases } from '../../../src/factors/write-basis.js';
import { ORDER8 } from '../../../src/planes/order.js';
import { checked } from '../../properties/codec-rasters.js';

/** Rows of 64 coefficients, correlated in pairs, later ones smaller. */
function coefficients(rows: number, seed = 1): Float32Array {
  let state = seed;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1;
  const u = new Float32Array(rows * SIZE);
  for (let b = 0; b < rows; b++) {
    for (let k = 0; k < SIZE; k++) u[b * SIZE + k] = (400 * random()) / (1 + k);
    for (let k = 2; k < SIZE; k += 3) u[b * SIZE + k]! += 0.8 * u[b * SIZE + k - 1]!;
  }
  return u;
}

/** Largest distance of V^T V from the identity. */
function orthonormalError(v: Float64Array): number {
  let worst = 0;
  for (let a = 0; a < SIZE; a++)
    for (let b = a; b < SIZE; b++) {
      let sum = 0;
      for (let r = 0; r < SIZE; r++) sum += v[r * SIZE + a]! * v[r * SIZE + b]!;
      worst = Math.max(worst, Math.abs(sum - (a === b ? 1 : 0)));
    }
  return worst;
}

/** V in the DCT domain: the rows of the identity after the rotations. */
function basisMatrix(basis: Basis): Float64Array {
  const unit = new Float32Array(SIZE * SIZE);
  for (let k = 0; k < SIZE; k++) unit[k * SIZE + k] = 1;
  return Float64Array.from(turned(unit, basis));
}

/** The contents of a list of bases, independent of its representation. */
const plainly = (list: (Basis | undefined)[]) =>
  list.map(
    basis =>
      basis && {
        precision: basis.precision,
        rotations: basis.rotations.map(({ i, j, n }) => ({ i, j, n: n + 0 })),
        predictors: Array.from({ length: SIZE }, (_, k) => basis.predictors[k]),
      },
  );

/** By plane 1 to 63; only a few have a predictor. */
const predictors: fc.Arbitrary<Predictors> = fc
  .array(
    fc.record({
      k: fc.integer({ min: 1, max: 63 }),
      trust: fc.nat({ max: 63 }),
      terms: fc.array(
        fc.record({
          back: fc.nat({ max: 63 }),
          plane: fc.nat({ max: 63 }),
          lag: fc.nat({ max: 63 }),
          weight: fc.integer({ min: -32, max: 31 }),
        }),
        { minLength: 1, maxLength: 63 },
      ),
    }),
    { maxLength: 5 },
  )
  .map(list => {
    const byPlane: Predictors = [];
    for (const { k, trust, terms } of list) byPlane[k] = { trust, terms };
    return byPlane;
  });

const bases: fc.Arbitrary<Basis> = fc.integer({ min: 0, max: 15 }).chain(precision =>
  fc.record({
    precision: fc.constant(precision),
    predictors,
    rotations: fc.array(
      fc
        .record({
          i: fc.nat({ max: 63 }),
          hop: fc.integer({ min: 1, max: 63 }),
          n: fc.integer({ min: -(2 ** precision), max: 2 ** precision - 1 }),
        })
        .map(({ i, hop, n }) => ({ i, j: (i + hop) % 64, n })),
      { maxLength: 60 },
    ),
  }),
);

describe('Stored rotations', () => {
  it('have the cosine and sine of their stored tangent, up to a right angle either way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 15 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (precision, share) => {
          const n = Math.round(share * 2 ** precision);
          const [c, s] = cosSin(n, precision);
          const angle = 2 * Math.atan(n / 2 ** precision);
          expect(c).toBeCloseTo(Math.cos(angle), 12);
          expect(s).toBeCloseTo(Math.sin(angle), 12);
        },
      ),
      checked(200),
    );
    expect(cosSin(64, 6)).toEqual([0, 1]);
  });

  it('make an orthonormal V, and X V equals X after the rotations', () => {
    const u = coefficients(3);
    fc.assert(
      fc.property(bases, basis => {
        const v = basisMatrix(basis);
        expect(orthonormalError(v)).toBeLessThan(1e-5);
        const uv = turned(u, basis);
        for (let b = 0; b < 3; b++)
          for (let k = 0; k < SIZE; k++) {
            let sum = 0;
            for (let r = 0; r < SIZE; r++) sum += u[b * SIZE + r]! * v[r * SIZE + k]!;
            expect(Math.abs(uv[b * SIZE + k]! - sum)).toBeLessThan(1e-3);
          }
      }),
      checked(30),
    );
  });

  it('are read as they were written, and the DCT basis is stored as no rotations', () => {
    const exact = designExact(coefficients(90), 5, ORDER8);
    fc.assert(
      fc.property(fc.array(fc.oneof(bases, fc.constantFrom(undefined, exact)), { maxLength: 4 }), list => {
        const sink = new FileSink(new RangeEncoder(), new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS)));
        writeBases(sink, list);
        const bytes = sink.coder.finish();
        const read = readBases(new RangeDecoder(bytes, 0, bytes.length), list.length);
        expect(plainly(read)).toEqual(plainly(list));
      }),
      checked(50),
    );
  });

  it('never rotate a column with itself, whatever the bits say', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8000, maxLength: 9000 }), noise => {
        // With rotations, as many as possible.
        noise[0] = 0;
        for (const basis of readBases(new RangeDecoder(noise, 0, noise.length, Infinity), 3))
          for (const { i, j } of basis?.rotations ?? []) expect(i).not.toBe(j);
      }),
      checked(30),
    );
  });
});

describe('The exact basis', () => {
  const u = coefficients(150);
  const rows = Array.from({ length: 150 }, (_, b) => [...u.subarray(b * SIZE, b * SIZE + SIZE)]);
  const { diagonal } = new SVD(new Peer(rows));

  it('has rotations for every pair that its columns meet', () => {
    const pairs = exactPairs(3, ORDER8);
    expect(pairs.length).toBe(63 + 62 + 61);
    expect(new Set(pairs.map(String)).size).toBe(pairs.length);
  });

  it('is orthonormal, and diagonalises X^T X to the stored precision', () => {
    const basis = designExact(u, SIZE, ORDER8);
    expect(orthonormalError(basisMatrix(basis))).toBeLessThan(1e-5);
    const c = covariance(turned(u, basis)).data;
    let worst = 0;
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < i; j++)
        worst = Math.max(
          worst,
          Math.abs(c[i * SIZE + j]!) / Math.sqrt(c[0]! * Math.max(c[i * SIZE + i]!, c[j * SIZE + j]!)),
        );
    expect(worst).toBeLessThan(1e-3);
  });

  it('gives the columns of X V the lengths of the singular values of X, the largest first in the order of planes', () => {
    const c = covariance(turned(u, designExact(u, SIZE, ORDER8))).data;
    ORDER8.forEach((k, m) => {
      expect(Math.abs(Math.sqrt(c[k * SIZE + k]!) - diagonal[m]!)).toBeLessThan(diagonal[0]! * 1e-3);
    });
  });

  it('cut to some columns equals the first columns of the whole basis', () => {
    const c = covariance(turned(u, designExact(u, 4, ORDER8))).data;
    for (let m = 0; m < 4; m++) {
      const k = ORDER8[m]!;
      expect(Math.abs(Math.sqrt(c[k * SIZE + k]!) - diagonal[m]!)).toBeLessThan(diagonal[0]! * 1e-3);
    }
  });
});

describe("The picture's own rotations", () => {
  const gain = (u: Float32Array): number => {
    const c = covariance(u).data;
    return Array.from({ length: SIZE }, (_, k) => Math.log2(c[k * SIZE + k]!)).reduce((a, b) => a + b);
  };

  it('lower the bits of a coefficient, more rotations by more, and leave plane 0 alone', () => {
    const u = coefficients(200);
    const [few, many] = [4, 40].map(count => designRotations(u, count)!);
    expect(few!.rotations.length).toBeLessThanOrEqual(4);
    expect(many!.rotations.length).toBeLessThanOrEqual(40);
    expect(gain(turned(u, few!))).toBeLessThan(gain(u));
    expect(gain(turned(u, many!))).toBeLessThan(gain(turned(u, few!)));
    for (const { i, j } of many!.rotations) expect(Math.min(i, j)).toBeGreaterThan(0);
  });

  it('do not exist if the coefficients are not correlated', () => {
    const u = new Float32Array(SIZE * SIZE);
    for (let k = 0; k < SIZE; k++) u[k * SIZE + k] = 100 / (1 + k);
    expect(designRotations(u, 20)).toBeUndefined();
  });
});
