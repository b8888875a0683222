import { decode, type EncodeOptions, encode, inspect, inspectFactors, psnr, type Raster } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { atomPicture, planePicture, weightOf } from '../../../src/spectra/atom-pictures.js';
import { bitsOf } from '../../../src/spectra/bits.js';
import { carried } from '../../../src/spectra/carried.js';
import { columnEnergies } from '../../../src/spectra/column-energies.js';
import { compose } from '../../../src/spectra/compose.js';
import { dissect } from '../../../src/spectra/dissect.js';
import type { BlockDissection } from '../../../src/spectra/dissection.js';
import { pictureSpectrum } from '../../../src/spectra/picture-spectrum.js';
import { recode } from '../../../src/spectra/recode.js';
import { draw, graphics } from '../../properties/codec-rasters.js';

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Slanting waves that repeat: they use rotations, predictors and an exact basis. */
const slanted = (): Raster => ({
  width: 96,
  height: 72,
  channels: 1,
  bitDepth: 8,
  data: Uint8Array.from(
    { length: 96 * 72 },
    (_, i) => 128 + 90 * Math.sin((i % 96) * 1.1 + Math.floor(i / 96) * 0.7),
  ),
});

const FILES: [string, Raster, EncodeOptions][] = [
  ['a photo', draw(75, 59, 3, 8, 'photo'), { quality: 85 }],
  ['a photo with alpha', draw(40, 33, 4, 8, 'photo'), { quality: 80 }],
  ['16 bits of grey', draw(41, 30, 1, 16, 'waves'), { quality: 90 }],
  ['its own basis', slanted(), { basis: 'auto', quality: 80 }],
  ['the exact basis', draw(64, 64, 3, 8, 'waves'), { basis: 'svd', quality: 80, rank: 20 }],
  ['exact cells', graphics(96, 64, 3), { quality: 75 }],
  ['layout channel', draw(60, 44, 3, 8, 'photo'), { layout: 'channel', quality: 85 }],
];

describe.each(FILES)('A file of %s, taken apart', (_name, raster, options) => {
  const bytes = encode(raster, options);
  const parts = dissect(bytes);
  const ranks = [...new Set([1, 2, 5, 7, parts.columns - 1, parts.columns])].filter(
    rank => rank >= 1 && rank <= parts.columns,
  );

  it('recomposes to what decode makes of it, at every rank', () => {
    for (const rank of ranks)
      for (const channels of ['rgba', 'file'] as const)
        expect(compose(parts, { rank, channels })).toEqual(decode(bytes, { rank, channels }));
  });

  it('gives files of lower ranks, each of which decodes to that rank and knows its PSNR', () => {
    let least = bytes.length;
    for (const rank of ranks.filter(rank => rank < parts.columns).reverse()) {
      const file = recode(parts, raster, rank);
      const picture = decode(file, { channels: 'file' });
      expect(picture.data).toEqual(decode(bytes, { rank, channels: 'file' }).data);
      expect(inspect(file).psnr).toBeCloseTo(psnr(raster, picture).psnr, 2);
      expect(file.length).toBeLessThanOrEqual(least + 2);
      least = file.length;
    }
  });

  it('loses what an atom carries when that is left out', () => {
    const whole = compose(parts);
    const columns = columnEnergies(parts)[0]!;
    const strongest = columns.indexOf(Math.max(...columns));
    const without = compose(parts, { without: [{ channel: 0, column: strongest }] });
    expect(psnr(whole, without).psnr).toBeLessThan(40);
    const none = compose(parts, { without: [{ channel: 0, column: parts.columns + 5 }] });
    expect(none.data).toEqual(whole.data);
  });

  it('has no more energy in its columns than the picture in its spectrum, and nearly as much', () => {
    const spectra = pictureSpectrum(raster, parts);
    const kept = columnEnergies(parts);
    expect(spectra).toHaveLength(raster.channels);
    expect(spectra.map(({ values }) => values)).toEqual(
      spectra.map(({ values }) => [...values].sort((a, b) => b - a)),
    );
    const share = sum(kept.flat()) / sum(spectra.map(({ energy }) => energy));
    expect(share).toBeGreaterThan(0.97);
    expect(share).toBeLessThan(1.01);
  });
});

describe('The bits of a file', () => {
  it.each(
    FILES.filter(([, , { layout }]) => layout !== 'channel'),
  )('in %s add up to its bytes, by block and by column', (_name, raster, options) => {
    const bytes = encode(raster, options);
    const { header, start } = { ...dissect(bytes).file };
    const { blocks, columns, cells } = bitsOf(dissect(bytes) as BlockDissection);
    blocks.forEach((of, c) => {
      expect(sum(of) / sum(columns[c]!)).toBeCloseTo(1, 4);
    });
    const bases = sum(inspectFactors(bytes).map(factors => 8 * factors.bytes));
    const told = bases + sum(blocks.flatMap(of => [...of])) + sum(cells ?? []);
    const stream = 8 * (bytes.length - start - 4);
    // The filters are not included: at most some hundred bytes. The bytes of bases are given for each channel as if it were alone.
    expect(told).toBeLessThan(stream * 1.005 + 40);
    expect(told).toBeGreaterThan(stream - 2400);
    expect(cells !== undefined).toBe(header.tiles);
  });

  it('lie in the detail of the picture', () => {
    const raster = draw(64, 64, 1, 8, 'flat');
    const noise = draw(64, 64, 1, 8, 'noise');
    for (let y = 16; y < 32; y++)
      for (let x = 32; x < 48; x++) raster.data[y * 64 + x] = noise.data[y * 64 + x]!;
    const { blocks } = bitsOf(dissect(encode(raster, { basis: 'dct' })) as BlockDissection);
    const order = [...blocks[0]!.keys()].sort((a, b) => blocks[0]![b]! - blocks[0]![a]!);
    expect(order.slice(0, 4).sort((a, b) => a - b)).toEqual([20, 21, 28, 29]);
  });
});

describe('An atom', () => {
  it('of the DCT basis is a lapped cosine: first a flat one, then a slope across and one down', () => {
    const parts = dissect(encode(draw(32, 32, 1, 8, 'photo'), { basis: 'dct' }));
    const [flat, first, second] = [0, 1, 2].map(column => atomPicture(parts, { channel: 0, column }));
    expect(Math.min(...flat!.data)).toBeGreaterThan(-0.05);
    const at = ({ data }: { data: Float32Array }, x: number, y: number): number => data[y * 16 + x]!;
    expect(at(first!, 5, 8) * at(first!, 10, 8)).toBeLessThan(0);
    expect(at(first!, 5, 5) * at(first!, 5, 10)).toBeGreaterThan(0);
    expect(at(second!, 8, 5) * at(second!, 8, 10)).toBeLessThan(0);
    // A step in a weight is as large in the picture, whatever the atom.
    for (const { data } of [flat!, first!, second!]) expect(sum(data.map(v => v * v))).toBeCloseTo(1, 2);
  });

  it('times its weights, summed over all atoms, is the channel', () => {
    for (const options of [
      { basis: 'svd', rank: 8 },
      { layout: 'channel', rank: 5 },
    ] as const) {
      const parts = dissect(encode(draw(48, 40, 1, 8, 'waves'), { quality: 70, ...options }));
      const total = new Float64Array(48 * 40);
      for (let column = 0; column < parts.columns; column++) {
        const one = carried(parts, { channel: 0, column }, 1);
        total.forEach((_, i) => {
          total[i]! += one.data[4 * i]! - 128;
        });
      }
      // The last rank of block layout has a filter after it.
      const whole = compose(parts, { rank: parts.columns });
      const apart = total.map((value, i) => Math.abs(value + 128 - whole.data[4 * i]!));
      expect(sum(apart) / apart.length).toBeLessThan(4);
    }
  });

  it('has its weights in the plane', () => {
    const parts = dissect(encode(draw(48, 40, 1, 8, 'waves'), { quality: 70 })) as BlockDissection;
    const { data, width } = planePicture(parts, { channel: 0, column: 1 });
    expect(width).toBe(6);
    expect(data[13]).toBe(Math.fround(weightOf(parts, 0, 13, 1)));
    expect(data.some(value => value !== 0)).toBe(true);
  });
});
