import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourBasis } from '../../../src/colour/basis.js';
import { fromChannels, toChannels } from '../../../src/colour/channels.js';
import { designColourBasis } from '../../../src/colour/design.js';
import type { Raster } from '../../../src/core/raster.js';
import { checked, rasters } from '../../properties/codec-rasters.js';

const part = fc.integer({ min: -1024, max: 1023 });

describe('The colour basis', () => {
  it('is close to the three-point DCT for 0, 0, 0', () => {
    const [r2, r3, r6] = [Math.SQRT1_2, Math.sqrt(1 / 3), Math.sqrt(1 / 6)];
    const dct = [r3, r3, r3, -r6, 2 * r6, -r6, -r2, 0, r2];
    for (const [i, x] of colourBasis([0, 0, 0]).entries()) expect(Math.abs(x - dct[i]!)).toBeLessThan(0.002);
  });

  it('is orthonormal for all integers', () => {
    fc.assert(
      fc.property(part, part, part, (x, y, z) => {
        const t = colourBasis([x, y, z]);
        for (let a = 0; a < 3; a++)
          for (let b = 0; b < 3; b++) {
            const dot = [0, 1, 2].reduce((sum, k) => sum + t[a * 3 + k]! * t[b * 3 + k]!, 0);
            expect(dot).toBeCloseTo(a === b ? 1 : 0, 12);
          }
      }),
      checked(100),
    );
  });

  it('splits every raster into channels and restores the exact samples, for 8 and 16 bits', () => {
    fc.assert(
      fc.property(rasters(12), part, part, part, (raster, x, y, z) => {
        const basis = colourBasis([x, y, z]);
        const planes = toChannels(raster, basis);
        expect(planes.length).toBe(raster.channels);
        expect([...fromChannels(planes, basis, raster, false)]).toEqual([...raster.data]);
      }),
      checked(80),
    );
  });

  it('rounds half up and clamps', () => {
    const shape = { width: 7, height: 1, channels: 1, bitDepth: 8 } as const;
    const data = Float32Array.of(-3e9, -500, -127.5, 0.49, 0.5, 500, 3e9);
    expect([...fromChannels([{ ...shape, data }], colourBasis([0, 0, 0]), shape, false)]).toEqual([
      0, 0, 1, 128, 129, 255, 255,
    ]);
  });
});

describe('The designed colour basis', () => {
  /** A picture whose pixels differ from grey along one direction of colour, and hardly along another. */
  const along = (direction: number[], minor: number[]): Raster => {
    const [width, height] = [40, 30];
    const data = new Uint8Array(width * height * 3);
    for (let p = 0; p < width * height; p++) {
      const major = 90 * Math.sin(p * p);
      const other = 12 * Math.sin(p * 7.7);
      for (let c = 0; c < 3; c++)
        data[p * 3 + c] = Math.round(128 + major * direction[c]! + other * minor[c]!);
    }
    return { width, height, channels: 3, bitDepth: 8, data };
  };

  it.each([
    [
      [0.8, 0.6, 0],
      [0, 0, 1],
    ],
    [
      [0.577, 0.577, 0.577],
      [0.816, -0.408, -0.408],
    ],
    [
      [0.267, 0.535, 0.802],
      [0.964, -0.148, -0.222],
    ],
  ])('has its first two rows along the first two singular vectors of the picture (%j, %j)', (direction, minor) => {
    const t = colourBasis(designColourBasis(along(direction, minor)));
    const cosine = (row: number, v: number[]): number =>
      Math.abs(v.reduce((sum, x, c) => sum + x * t[row * 3 + c]!, 0));
    expect(cosine(0, direction)).toBeGreaterThan(0.995);
    expect(cosine(1, minor)).toBeGreaterThan(0.98);
  });

  it('is the plain one for a picture of one colour', () => {
    const data = new Uint8Array(60).fill(77);
    expect(designColourBasis({ width: 5, height: 4, channels: 3, bitDepth: 8, data })).toEqual([0, 0, 0]);
  });
});
