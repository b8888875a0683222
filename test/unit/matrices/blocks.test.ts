import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Plane, plane } from '../../../src/core/plane.js';
import { analyse } from '../../../src/matrices/analyse.js';
import { type Grid, gridOf, synthesise } from '../../../src/matrices/blocks.js';
import { forward4, forward8, inverse8 } from '../../../src/matrices/dct.js';
import { inverse4 } from '../../../src/matrices/inverse4.js';
import { LAP } from '../../../src/matrices/lap.js';
import { across, unlap } from '../../../src/matrices/lapping.js';
import { NORMS } from '../../../src/matrices/norms.js';
import { checked } from '../../properties/codec-rasters.js';

describe('The DCT', () => {
  it.each([
    [8, forward8],
    [4, forward4],
  ] as const)('of %d samples is the orthonormal DCT-II', (n, forward) => {
    for (let i = 0; i < n; i++) {
      const x = new Float64Array(n);
      x[i] = 1;
      forward(x, 0, 1);
      for (let k = 0; k < n; k++) {
        const expected = Math.sqrt((k ? 2 : 1) / n) * Math.cos((Math.PI * k * (2 * i + 1)) / (2 * n));
        expect(x[k]).toBeCloseTo(expected, 7);
      }
    }
  });

  it('of 8 samples is undone by its inverse, in place, at any offset and step', () => {
    const n = 8;
    const x = Float64Array.from({ length: n * 3 + 2 }, (_, i) => Math.sin(i * i));
    const before = x.slice();
    forward8(x, 2, 3);
    expect(x).not.toEqual(before);
    for (let i = 0; i < x.length; i++) if (i < 2 || i % 3 !== 2) expect(x[i]).toBe(before[i]);
    inverse8(x, 2, 3);
    for (let i = 0; i < x.length; i++) expect(x[i]).toBeCloseTo(before[i]!, 6);
  });
});

const planes = (most: number): fc.Arbitrary<Plane> =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }), fc.nat())
    .map(([width, height, seed]) => ({
      width,
      height,
      data: Float32Array.from(
        { length: width * height },
        (_, i) => 120 * Math.sin((seed % 997) + i * (i % 13)),
      ),
    }));

/** A whole picture from coefficient k of block b: of blocks of 8 in doubles, of blocks of 4 in integers of 1/4096. */
function samples(grid: Grid, of: (b: number, k: number) => number): Plane {
  const { block, cols, rows } = grid;
  if (block === 8)
    return synthesise(grid, 8, (b, x) => {
      for (let k = 0; k < 64; k++) x[k] = of(b, k) / NORMS[8][k]!;
      return 63;
    });
  const width = 4 * cols;
  const x = Float64Array.from({ length: width * 4 * rows }, (_, at) => {
    const [left, top] = [at % width, Math.floor(at / width)];
    const k = (top & 3) * 4 + (left & 3);
    return Math.round((4096 * of((top >> 2) * cols + (left >> 2), k)) / NORMS[4][k]!);
  });
  inverse4(x, width);
  return { width, height: 4 * rows, data: Float32Array.from(x, value => value / 4096) };
}

/** The picture of given coefficients (in the order of `analyse`), cropped to its size. */
function back(coefficients: Float32Array, width: number, height: number, block: 4 | 8): Plane {
  const size = block * block;
  const full = samples(gridOf(width, height, block), (b, k) => coefficients[b * size + k]!);
  const cropped = plane(width, height);
  for (let y = 0; y < height; y++)
    cropped.data.set(full.data.subarray(y * full.width, y * full.width + width), y * width);
  return cropped;
}

describe.each([8, 4] as const)('Lapped blocks of %d', block => {
  it('recompose to the original plane, whatever its size', () => {
    fc.assert(
      fc.property(planes(40), channel => {
        const { width, height, data } = channel;
        const again = back(analyse(channel, gridOf(width, height, block)), width, height, block);
        // The inverse is stored with six decimals.
        for (const [i, x] of data.entries()) expect(Math.abs(again.data[i]! - x)).toBeLessThan(2e-3);
      }),
      checked(60),
    );
  });

  it('overlap by a filter that its inverse undoes', () => {
    const channel = {
      width: block * 4,
      height: block * 3,
      data: Float32Array.from({ length: block * block * 12 }, (_, i) => 100 * Math.sin(i * i)),
    };
    const lapped = { ...channel, data: channel.data.slice() };
    across(lapped, block, LAP[block]);
    const moved = lapped.data.reduce((sum, x, i) => sum + Math.abs(x - channel.data[i]!), 0);
    expect(moved).toBeGreaterThan(1000);
    unlap(lapped, block);
    for (const [i, x] of lapped.data.entries()) expect(Math.abs(x - channel.data[i]!)).toBeLessThan(2e-3);
  });

  it('have atoms of norm one: an error in a coefficient is as large in the picture', () => {
    const grid = gridOf(block * 5, block * 5, block);
    const size = block * block;
    for (let k = 0; k < size; k++) {
      const { data } = samples(grid, (b, at) => (b === 12 && at === k ? 1 : 0));
      const norm = Math.sqrt(data.reduce((sum, x) => sum + x * x, 0));
      expect(norm).toBeCloseTo(1, 2);
    }
  });

  it('hold a flat plane in their first coefficients alone', () => {
    const flat = { width: 19, height: 13, data: new Float32Array(19 * 13).fill(50) };
    const size = block * block;
    analyse(flat, gridOf(19, 13, block)).forEach((x, i) => {
      if (i % size) expect(Math.abs(x)).toBeLessThan(1e-4);
      else expect(x).toBeCloseTo(50 * block * NORMS[block][0]!, 2);
    });
  });
});
