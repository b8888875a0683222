import {
  type ByteRange,
  createDecoder,
  decode,
  encode,
  inspect,
  inspectFactors,
  type Raster,
  rangesOf,
  truncate,
  verify,
} from 'lowrank';
import { describe, expect, it } from 'vitest';
import { partOf } from '../../src/encode/parts/part-of.js';
import { WHOLE } from '../../src/planes/factor.js';
import { bitsOf } from '../../src/spectra/bits.js';
import { carried } from '../../src/spectra/carried.js';
import { dissect } from '../../src/spectra/dissect.js';
import type { BlockDissection } from '../../src/spectra/dissection.js';
import { recode } from '../../src/spectra/recode.js';
import { draw, graphics } from './codec-rasters.js';

/** Pictures of several parts of every kind: whole parts, and the remainders at the edges. */
const FILES: Record<string, Uint8Array> = {
  'RGB with runs and weights': encode(draw(580, 530, 3, 8, 'waves'), {
    partSize: 256,
    effort: 3,
    basis: 'dct',
  }),
  'predictors of its own': encode(draw(290, 70, 1, 8, 'waves'), { partSize: 256, effort: 1 }),
  'RGBA for PSNR': encode(draw(530, 270, 4, 8, 'photo'), { partSize: 256, effort: 1, tune: 'psnr' }),
  'grey of 16 bits': encode(draw(521, 90, 1, 16, 'grain'), { partSize: 512, effort: 1 }),
  'grey and alpha, one block in a part': encode(draw(257, 257, 2, 8, 'edges'), { partSize: 256, effort: 1 }),
  'exact cells': encode(graphics(550, 260, 3), { partSize: 256, effort: 1, quality: 60 }),
  'a basis of its own': encode(draw(300, 270, 3, 8, 'photo'), { partSize: 256, effort: 1, basis: 'svd' }),
  'plane 0 in parts side by side': encode(draw(1090, 40, 3, 8, 'photo'), { partSize: 256, effort: 1 }),
  'plane 0 in parts above each other': encode(draw(40, 2100, 1, 8, 'waves'), { partSize: 256, effort: 1 }),
  'one part': encode(draw(300, 270, 3, 8, 'photo'), { effort: 1 }),
  'layout channel': encode(draw(90, 70, 3, 8, 'photo'), { layout: 'channel' }),
};

type Region = { x: number; y: number; width: number; height: number };

/** The samples of a region of a picture. */
function crop({ width: across, channels, data }: Raster, { x, y, width, height }: Region): Raster['data'] {
  const out = data.slice(0, width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * across + x) * channels;
    out.set(data.subarray(from, from + width * channels), row * width * channels);
  }
  return out;
}

/** Are the samples the same? A comparison that lists all differences takes minutes. */
const same = (a: Raster['data'], b: Raster['data']): boolean =>
  a.length === b.length && a.every((sample, i) => sample === b[i]);

/** Corners, regions across the borders of parts, one pixel, and everything. */
const regionsOf = (width: number, height: number): Region[] => [
  { x: 0, y: 0, width: Math.min(20, width), height: Math.min(9, height) },
  { x: width - 1, y: height - 1, width: 1, height: 1 },
  { x: width >> 1, y: height >> 2, width: Math.min(40, width >> 1), height: Math.min(70, height >> 1) },
  { x: Math.min(240, width - 1), y: 0, width: Math.min(33, width - Math.min(240, width - 1)), height },
  { x: width - Math.min(20, width), y: 0, width: Math.min(20, width), height: 1 },
  ...(width > 1024 ? [{ x: 1010, y: 20, width: 5, height: 5 }] : []),
  { x: 0, y: 0, width, height },
];

/** The file with all other bytes spoilt. */
function sparse(bytes: Uint8Array, ranges: ByteRange[]): Uint8Array {
  const out = bytes.map(byte => byte ^ 0x5a);
  for (const { from, to } of ranges) out.set(bytes.subarray(from, to), from);
  return out;
}

describe.each(Object.entries(FILES))('A file of %s', (name, bytes) => {
  const { width, height, layers, parts } = inspect(bytes);

  it('has the parts that its size asks for', () => {
    const side = name === 'grey of 16 bits' ? 512 : 256;
    const many = Math.ceil(width / side) * Math.ceil(height / side);
    expect(parts).toBe(['one part', 'layout channel'].includes(name) ? 1 : many);
  });

  it.each([
    1, 2, 4, 8,
  ] as const)('gives a region at scale %i as the whole picture has it, from its bytes alone', scale => {
    const whole = decode(bytes, { scale });
    for (const region of regionsOf(whole.width, whole.height)) {
      const ranges = rangesOf(bytes, { region, scale });
      const picture = decode(sparse(bytes, ranges), { region, scale });
      expect([picture.width, picture.height]).toEqual([region.width, region.height]);
      expect(same(picture.data, crop(whole, region))).toBe(true);
    }
  });

  it('decodes during the download, layer after layer, whole and a region of it', () => {
    const region = { x: width >> 2, y: height >> 2, width: width >> 1, height: 20 };
    const [all, some] = [createDecoder(), createDecoder({ region })];
    let from = 0;
    for (const { bytes: end } of layers.slice(0, -1)) {
      for (const decoder of [all, some]) decoder.push(bytes.subarray(from, end));
      const whole = decode(bytes.subarray(0, end));
      expect(same(all.picture().data, whole.data)).toBe(true);
      expect(same(some.picture().data, crop(whole, region))).toBe(true);
      from = end;
    }
    for (const decoder of [all, some]) decoder.push(bytes.subarray(from));
    expect(same(all.picture().data, decode(bytes).data)).toBe(true);
    expect(same(some.picture().data, decode(bytes, { region }).data)).toBe(true);
  });

  it('is truncated like any other', () => {
    const layer = layers[layers.length >> 1]!;
    const cut = truncate(bytes, { psnr: layer.psnr - 0.01 });
    const { parts: kept, bytes: size } = inspect(cut);
    expect(kept).toBe(parts);
    expect(size).toBe(cut.length);
    const { bytes: end } = layers[inspect(cut).layers.length - 1]!;
    expect(same(decode(cut).data, decode(bytes.subarray(0, end)).data)).toBe(true);
  });

  it('has factors that can be inspected', () => {
    expect(inspectFactors(bytes).length).toBe(inspect(bytes).channels);
  });
});

describe('A file in parts', () => {
  it('decodes to the same picture as a file without parts, and is taken apart alike', () => {
    const raster = draw(300, 270, 3, 8, 'waves');
    const [one, many] = [0, 256].map(partSize => encode(raster, { partSize, effort: 3, basis: 'dct' })) as [
      Uint8Array,
      Uint8Array,
    ];
    expect(inspect(many).parts).toBe(4);
    expect(same(decode(many).data, decode(one).data)).toBe(true);
    const [a, b] = [dissect(one), dissect(many)];
    for (const atom of [
      { channel: 0, column: 0 },
      { channel: 0, column: 1 },
      { channel: 1, column: 2 },
    ])
      expect(same(carried(b, atom).data, carried(a, atom).data)).toBe(true);
    for (const rank of [1, 3, 10]) {
      const cut = recode(b, raster, rank);
      expect(same(decode(cut).data, decode(many, { rank }).data)).toBe(true);
    }
    const bits = bitsOf(b as BlockDissection);
    const sum = bits.columns.flatMap(of => Array.from(of)).reduce((total, n) => total + n, 0);
    expect(sum / 8).toBeGreaterThan(many.length * 0.8);
    expect(sum / 8).toBeLessThan(many.length);
  });

  const bytes = encode(draw(580, 530, 3, 8, 'photo'), { partSize: 256, effort: 1, quality: 97 });

  it('is read only in part for a region in one of its parts', () => {
    const region = { x: 20, y: 20, width: 60, height: 60 };
    const read = rangesOf(bytes, { region }).reduce((sum, { from, to }) => sum + to - from, 0);
    expect(read).toBeLessThan(bytes.length * 0.4);
    expect(rangesOf(bytes)).toEqual([{ from: 0, to: inspect(bytes).layers.at(-1)!.bytes }]);
  });

  it('says which part of which layer is damaged, and gives the regions of all others', () => {
    const region = { x: 20, y: 20, width: 60, height: 60 };
    // The last byte of the last layer.
    const gap = inspect(bytes).layers.at(-1)!.bytes - 1;
    const broken = bytes.slice();
    broken[gap]! ^= 4;
    const { damage } = verify(broken);
    expect(damage).toHaveLength(1);
    const { field, from, to } = damage[0]!;
    expect(field).toMatch(/^layer \d+ part 9$/);
    expect(gap).toBeGreaterThanOrEqual(from);
    expect(gap).toBeLessThan(to);
    expect(() => decode(broken)).toThrow(expect.objectContaining({ code: 'CORRUPT', field, offset: from }));
    expect(decode(broken, { region })).toEqual(decode(bytes, { region }));
    const layer = Number(/\d+/.exec(field)![0]);
    expect(decode(broken, { tolerant: true })).toEqual(
      decode(bytes.subarray(0, inspect(bytes).layers[layer - 2]!.bytes)),
    );
  });

  it('refuses regions that are invalid or not inside the picture', () => {
    const field = 'region';
    for (const region of [
      { x: 0, y: 0, width: 581, height: 1 },
      { x: 579, y: 529, width: 1, height: 2 },
      { x: -1, y: 0, width: 1, height: 1 },
      { x: 0, y: 0, width: 0, height: 1 },
      { x: 0, y: 0.5, width: 1, height: 1 },
      { x: 0, y: 0, width: 5, height: Number.NaN },
    ])
      expect(() => decode(bytes, { region })).toThrow(expect.objectContaining({ code: 'OPTION', field }));
    expect(() => decode(bytes, { region: { x: 0, y: 0, width: 291, height: 1 }, scale: 2 })).toThrow(
      expect.objectContaining({ code: 'OPTION', field }),
    );
  });

  it('needs less memory for a region', () => {
    const region = { x: 100, y: 100, width: 10, height: 10 };
    const limits = { maxMemory: 2 ** 24 + 24 * 3 * 64 * 60 * 60 };
    expect(() => decode(bytes, limits)).toThrow(expect.objectContaining({ code: 'LIMIT', field: 'memory' }));
    expect(decode(bytes, { ...limits, region }).width).toBe(10);
  });

  it('is the default for large pictures whose parts are each worth it', () => {
    const size = { width: 1600, height: 1400 };
    expect(partOf({ ...draw(1, 1, 1, 8, 'flat'), ...size }, 2e6)).toBe(7);
    expect(partOf({ ...draw(1, 1, 1, 8, 'flat'), ...size }, 1e6)).toBe(WHOLE);
    expect(partOf({ ...draw(1, 1, 1, 8, 'flat'), width: 1024, height: 2048 }, 2e6)).toBe(WHOLE);
    expect(partOf({ ...draw(1, 1, 1, 8, 'flat'), ...size }, 2e6, 512)).toBe(6);
    expect(partOf({ ...draw(1, 1, 1, 8, 'flat'), ...size }, 2e6, 0)).toBe(WHOLE);
    const large = draw(3, 3, 1, 8, 'flat');
    expect(() => encode(large, { partSize: 300 })).toThrow(
      expect.objectContaining({ code: 'OPTION', field: 'partSize' }),
    );
  });
});
