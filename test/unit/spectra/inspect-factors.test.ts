import fc from 'fast-check';
import { decode, encode, inspect, inspectFactors, type Raster, truncate } from 'lowrank';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { analysePicture } from '../../../src/encode/analyse.js';
import { checked, draw, rasters } from '../../properties/codec-rasters.js';

const norm = (values: Iterable<number>): number => Math.hypot(...values);

/** Singular values by an independent library: of the matrix with these entries, row by row. */
function peerValues(data: ArrayLike<number>, columns: number): number[] {
  const x = Matrix.from1DArray(data.length / columns, columns, Array.from(data));
  return new SingularValueDecomposition(x, { autoTranspose: true }).diagonal;
}

/** A grey channel in the codec's units: samples less 128. */
const centred = ({ data }: Pick<Raster, 'data'>): number[] => Array.from(data, sample => sample - 128);

/** Largest difference of two descending lists, the shorter one padded with zeros. */
const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(
    ...Array.from({ length: Math.max(a.length, b.length) }, (_, i) => Math.abs((a[i] ?? 0) - (b[i] ?? 0))),
  );

/** A pattern whose directions are not those of the DCT; with noise of this many levels no exact cell is worthwhile. */
function slanted(noise = 0): Raster {
  const { data } = draw(96, 96, 1, 8, 'noise');
  for (let i = 0; i < data.length; i++)
    data[i] = (((i % 96) + Math.floor(i / 96)) % 5 < 2 ? 200 : 60) + Math.floor((data[i]! * noise) / 256);
  return { width: 96, height: 96, channels: 1, bitDepth: 8, data };
}

describe('The factors of layout block', () => {
  it.each([
    'svd',
    'dct',
  ] as const)("on the basis '%s' have the singular values of X to its quantisation", basis => {
    for (const scene of ['photo', 'noise', 'grain']) {
      const raster = draw(96, 80, 1, 8, scene);
      const [x] = analysePicture(raster).channels;
      const bytes = encode(raster, { basis, psnr: 50 });
      const [factors] = inspectFactors(bytes);
      // |sigma(A) - sigma(B)| <= |A - B|: the noise of coefficients rounded to steps, some of them to zero.
      const bound = inspect(bytes).step * Math.sqrt(x!.length / 4);
      const expected = peerValues(x!, 64);
      expect(apart(factors!.singularValues, expected)).toBeLessThan(bound);
      expect(expected[2]!).toBeGreaterThan(bound);
      expect(factors!.basis).toBe(basis);
    }
  });

  it('say which basis it is and what it takes: nothing, a few rotations, or all of the exact basis', () => {
    const raster = slanted(16);
    const [plain] = inspectFactors(encode(raster, { basis: 'dct' }));
    expect(plain).toMatchObject({ basis: 'dct', rotations: 0, terms: 0, bytes: 0 });
    const [turned] = inspectFactors(encode(raster, { quality: 90 }));
    expect(turned!.basis).toBe('rotated');
    expect(turned!.rotations).toBeGreaterThan(0);
    expect(turned!.rotations).toBeLessThan(100);
    // An angle of 7 bits each, two columns of at most 6 bits, and some side information.
    expect(turned!.bytes).toBeGreaterThan((7 * turned!.rotations) / 8);
    const [exact] = inspectFactors(encode(raster, { basis: 'svd', rank: 4 }));
    // Column by column: 63, 62, 61 and 60 rotations of 13 bits; which columns they rotate is nearly known.
    expect(exact).toMatchObject({ basis: 'svd', rotations: 246, terms: 0 });
    expect(exact!.bytes).toBeGreaterThan((13 * 246) / 8);
    expect(exact!.bytes).toBeLessThan((15 * 246) / 8);
    expect(exact!.rank).toBeLessThanOrEqual(4);
  });

  it('are ranked by energy: on the exact basis few columns hold what the DCT basis spreads over many', () => {
    const raster = slanted();
    const kept = (basis: 'svd' | 'dct'): number =>
      norm(
        inspectFactors(encode(raster, { basis, rank: 5, psnr: basis === 'svd' ? 30 : 10 }))[0]!
          .singularValues,
      );
    expect(kept('svd')).toBeGreaterThan(1.2 * kept('dct'));
  });

  it('of a mid-grey picture use no column', () => {
    const raster: Raster = {
      width: 30,
      height: 9,
      channels: 1,
      bitDepth: 8,
      data: new Uint8Array(270).fill(128),
    };
    expect(inspectFactors(encode(raster))).toEqual([
      { basis: 'dct', rotations: 0, terms: 0, bytes: 0, rank: 0, singularValues: [] },
    ]);
  });
});

describe('The factors of layout channel', () => {
  it('have the singular values of the channel to its quantisation, and of the decoded picture to rounding', () => {
    for (const scene of ['photo', 'noise', 'ramp']) {
      const raster = draw(72, 56, 1, 8, scene);
      const bytes = encode(raster, { layout: 'channel', psnr: 45 });
      const [{ singularValues, rank, basis, rotations, bytes: taken }] = inspectFactors(bytes) as [never];
      expect({ basis, rotations, rank }).toEqual({ basis: 'svd', rotations: 0, rank: inspect(bytes).rank });
      expect(singularValues).toHaveLength(rank);
      const noise = 255 * 10 ** (-45 / 20) * Math.sqrt(72 * 56);
      expect(apart(singularValues, peerValues(centred(raster), 72))).toBeLessThan(noise);
      // Samples are rounded to integers, 0.29 each, and clamped.
      const decoded = peerValues(centred(decode(bytes, { channels: 'file' })), 72);
      expect(apart(singularValues, decoded)).toBeLessThan(0.35 * Math.sqrt(72 * 56));
      expect(taken).toBeGreaterThan(0);
      expect(taken).toBeLessThan(bytes.length);
    }
  });
});

describe('The factors of any file', () => {
  it('come one for each channel, with no more columns than the rank, values descending and never negative', () => {
    fc.assert(
      fc.property(
        rasters(40),
        fc.constantFrom('block' as const, 'channel' as const),
        fc.constantFrom('auto' as const, 'svd' as const, 'dct' as const),
        fc.integer({ min: 1, max: 12 }),
        (raster, layout, basis, rank) => {
          const bytes = encode(raster, { layout, basis, rank, effort: 1 });
          const factors = inspectFactors(bytes);
          expect(factors).toHaveLength(raster.channels);
          for (const { singularValues, rank: used, bytes: taken, rotations, terms } of factors) {
            expect(used).toBeLessThanOrEqual(rank);
            expect(singularValues).toHaveLength(used);
            expect(singularValues).toEqual([...singularValues].sort((a, b) => b - a));
            expect(singularValues.every(value => value >= 0)).toBe(true);
            expect(Number.isInteger(taken) && taken >= 0 && rotations >= 0 && terms >= 0).toBe(true);
          }
        },
      ),
      checked(60),
    );
  });

  it.each(['block', 'channel'] as const)('grow with every layer present, layout %s', layout => {
    const bytes = encode(draw(80, 64, 3, 8, 'photo'), { layout, quality: 90 });
    const { layers } = inspect(bytes);
    const energies = layers.map(({ bytes: size }) =>
      norm(inspectFactors(truncate(bytes, { size })).flatMap(({ singularValues }) => singularValues)),
    );
    expect(layers.length).toBeGreaterThan(2);
    // Columns of layout channel are not exactly orthogonal: one may subtract what another had too much.
    for (const [i, energy] of energies.slice(1).entries())
      expect(energy).toBeGreaterThan(0.999 * energies[i]!);
    expect(energies.at(-1)!).toBeGreaterThan(1.05 * energies[0]!);
    expect(inspectFactors(truncate(bytes, { size: bytes.length }))).toEqual(inspectFactors(bytes));
  });

  it('of 16-bit samples are in units of 1 / 255 of the peak too', () => {
    const eight = draw(48, 48, 1, 8, 'photo');
    const sixteen: Raster = {
      ...eight,
      bitDepth: 16,
      data: Uint16Array.from(eight.data, sample => sample * 257),
    };
    for (const layout of ['block', 'channel'] as const) {
      const [a, b] = [eight, sixteen].map(raster => inspectFactors(encode(raster, { layout, psnr: 45 }))[0]!);
      expect(b!.singularValues[0]! / a!.singularValues[0]!).toBeCloseTo(1, 2);
    }
  });
});

describe('The limit on pixels', () => {
  const bytes = encode(draw(20, 20, 3, 8, 'photo'));

  it.each([
    ['inspect', inspect],
    ['inspectFactors', inspectFactors],
  ])('of %s refuses one pixel more, and invalid limits', (_, look) => {
    expect(() => look(bytes, { maxPixels: 400 })).not.toThrow();
    expect(() => look(bytes, { maxPixels: 399 })).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    for (const maxPixels of [0, Number.NaN, -1])
      expect(() => look(bytes, { maxPixels })).toThrow(
        expect.objectContaining({ code: 'OPTION', field: 'maxPixels' }),
      );
  });
});
