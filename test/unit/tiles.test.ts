import fc from 'fast-check';
import { decode, encode, inspect, type Raster, truncate } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { RangeDecoder } from '../../src/bits/range-decoder.js';
import { RangeEncoder } from '../../src/bits/range-encoder.js';
import type { SampleCount } from '../../src/core/raster.js';
import { analysePicture } from '../../src/encode/analyse.js';
import { chooseTiles } from '../../src/encode/cells/choose-tiles.js';
import { fill } from '../../src/encode/cells/fill.js';
import { putTiles } from '../../src/encode/cells/put-tiles.js';
import { tileSource } from '../../src/encode/cells/tile-source.js';
import { readHeader } from '../../src/format/read-header.js';
import { emptyCells } from '../../src/tiles/cells.js';
import { pixelModel, placeOf, SIDE, type Tiles } from '../../src/tiles/model.js';
import { readTiles } from '../../src/tiles/read.js';
import { writeTiles } from '../../src/tiles/write.js';
import { checked, draw, graphics, psnrBetween } from '../properties/codec-rasters.js';
import { tilesByTheBook } from './tiles-reference.js';

/** Colours of a few kinds, with random exact cells; `few` colours, or any. */
const pictures: fc.Arbitrary<Tiles & { width: number; height: number }> = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    channels: fc.constantFrom(1, 2, 3, 4),
    few: fc.constantFrom(1, 2, 5, 2 ** 32),
    density: fc.constantFrom(1, 0.5, 0.1),
    seed: fc.nat(),
  })
  .map(({ width, height, channels, few, density, seed }) => {
    let state = seed >>> 0;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const cells = emptyCells(width, height);
    for (let b = 0; b < cells.exact.length; b++) cells.exact[b] = random() < density ? 1 : 0;
    const stride = width + 2 * SIDE;
    const colours = new Int32Array(stride * (height + 2));
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const colour = Math.imul(Math.floor(random() * few) + 1, 0x9e3779b1);
        if (cells.exact[Math.floor(y / 8) * cells.cols + Math.floor(x / 8)])
          colours[placeOf(x, y, stride)] = channels === 4 ? colour : colour >>> (32 - 8 * channels);
      }
    return { width, height, cells, channels, colours, stride };
  });

function written(tiles: Tiles, width: number, height: number): Uint8Array {
  const coder = new RangeEncoder();
  const channels = tiles.channels as SampleCount;
  putTiles(coder, { width, height, channels, bitDepth: 8, data: new Uint8Array(0) }, tiles);
  return coder.finish();
}

describe('Tiles', () => {
  it('are read as they were written, for any exact cells and any colours', () => {
    fc.assert(
      fc.property(pictures, ({ width, height, ...tiles }) => {
        const bytes = written(tiles, width, height);
        const back = readTiles(new RangeDecoder(bytes, 0, bytes.length), width, height, tiles.channels);
        expect(back.cells).toEqual(tiles.cells);
        expect(back.colours).toEqual(tiles.colours);
      }),
      checked(60),
    );
  });

  it('match codec-spec.md, read by a second reader that follows its sentences', () => {
    fc.assert(
      fc.property(pictures, ({ width, height, ...tiles }) => {
        const bytes = written(tiles, width, height);
        const book = tilesByTheBook(new RangeDecoder(bytes, 0, bytes.length), width, height, tiles.channels);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            if ((book.get(`${x} ${y}`) ?? 0) !== tiles.colours[placeOf(x, y, tiles.stride)]! >>> 0)
              expect.fail(`pixel ${x}, ${y}`);
      }),
      checked(30),
    );
  });

  it('are written the same whether areas of one colour are visited pixel by pixel or not', () => {
    const areas = pictures.map(({ width, height, ...tiles }) => {
      // Areas of a few colours, with single pixels of others.
      const large = draw(width * 5, height * 3, 1, 8, 'flat');
      const cells = emptyCells(large.width, large.height);
      for (let b = 0; b < cells.exact.length; b++) cells.exact[b] = tiles.cells.exact[b] === 0 ? 0 : 1;
      const stride = large.width + 2 * SIDE;
      const colours = new Int32Array(stride * (large.height + 2));
      for (let y = 0; y < large.height; y++)
        for (let x = 0; x < large.width; x++) {
          const of = (y >> 5) * 3 + (x >> 6) + ((x * 7919 + y * 104_729) % 641 ? 0 : 1);
          if (cells.exact[(y >> 3) * cells.cols + (x >> 3)])
            colours[placeOf(x, y, stride)] = tiles.colours[placeOf(of % width, 0, tiles.stride)]!;
        }
      return { ...large, tiles: { ...tiles, cells, colours, stride } };
    });
    const bitsOf = (
      size: { width: number; height: number },
      { channels, cells, colours }: Tiles,
      wanted?: Int32Array,
    ) => {
      const bits: number[] = [];
      const model = pixelModel(size.width, size.height, channels);
      const ends: number[] = [];
      writeTiles(
        { bit: (context, bit) => bits.push(context, bit) },
        size,
        model,
        cells.exact,
        p => colours[p]!,
        cell => ends.push(cell, bits.length),
        wanted,
      );
      return { bits, ends, colours: model.colours };
    };
    fc.assert(
      fc.property(areas, ({ tiles, ...size }) => {
        const plain = bitsOf(size, tiles);
        expect(bitsOf(size, tiles, tiles.colours)).toEqual(plain);
        expect(plain.colours).toEqual(tiles.colours);
      }),
      checked(40),
    );
  });

  it('take next to nothing for repeated content: letters the second time, and rows of one colour', () => {
    const bytesOf = (raster: Raster): number => {
      const source = tileSource(raster)!;
      const { stride } = pixelModel(raster.width, raster.height, raster.channels);
      const cells = emptyCells(raster.width, raster.height);
      cells.exact.fill(1);
      return written(
        { cells, channels: raster.channels, colours: source.colours(), stride },
        raster.width,
        raster.height,
      ).length;
    };
    const page = (width: number, height: number): Raster => {
      const { data } = graphics(2 * width, height, 3);
      const left = new Uint8Array(width * height * 3);
      for (let y = 0; y < height; y++)
        left.set(data.subarray(y * width * 6, y * width * 6 + width * 3), y * width * 3);
      return { width, height, channels: 3, bitDepth: 8, data: left };
    };
    expect(bytesOf(page(54, 48))).toBeLessThan(bytesOf(page(54, 24)) * 1.5);
    expect(bytesOf(draw(200, 200, 3, 8, 'flat'))).toBeLessThan(40);
  });
});

describe('A picture of graphics beside a photo', () => {
  it.each([1, 2, 3, 4] as const)('of %d samples a pixel has exact cells in its graphics', channels => {
    const raster = graphics(96, 64, channels);
    const { tiles } = chooseTiles(analysePicture(raster, { tiles: true }), 20, 64)!;
    const { cols, rows, exact } = tiles.cells;
    let left = 0;
    let right = 0;
    for (let b = 0; b < cols * rows; b++) if (exact[b]) b % cols < 6 ? left++ : right++;
    expect(left).toBeGreaterThan(0.9 * 6 * rows);
    expect(right).toBeLessThan(0.3 * 6 * rows);
    const bytes = encode(raster, { quality: 60 });
    expect(readHeader(bytes).header.tiles).toBe(true);
    const picture = decode(bytes, { channels: 'file' });
    for (let y = 0; y < 64; y++)
      for (let i = 0; i < 40 * channels; i++)
        expect(
          Math.abs(picture.data[y * 96 * channels + i]! - raster.data[y * 96 * channels + i]!),
        ).toBeLessThan(64);
    expect(psnrBetween(raster, picture)).toBeGreaterThan(
      psnrBetween(raster, decode(encode(raster, { quality: 60, basis: 'dct' }), { channels: 'file' })),
    );
    expect(bytes.length).toBeLessThan(encode(raster, { quality: 60, basis: 'dct' }).length);
  });

  it('shows the exact cells at rank 1 from the layer that holds them, also as four samples a pixel', () => {
    for (const channels of [1, 2, 3, 4] as const) {
      const raster = graphics(96, 64, channels);
      const bytes = encode(raster, { quality: 90 });
      const whole = decode(bytes);
      const low = decode(truncate(bytes, { rank: 1 }));
      const atRank = decode(bytes, { rank: 1 });
      const own = decode(bytes, { channels: 'file' });
      for (let y = 0; y < 64; y++)
        for (let x = 0; x < 40; x++) {
          const at = (y * 96 + x) * 4;
          const pixel = [...whole.data.subarray(at, at + 4)];
          expect([...low.data.subarray(at, at + 4)]).toEqual(pixel);
          expect([...atRank.data.subarray(at, at + 4)]).toEqual(pixel);
          const from = (y * 96 + x) * channels;
          const samples = [...own.data.subarray(from, from + channels)];
          const [first, second] = samples as [number, number];
          if (channels === 1) expect(pixel).toEqual([first, first, first, 255]);
          if (channels === 2) expect(pixel).toEqual([first, first, first, second]);
          if (channels === 3) expect(pixel).toEqual([...samples, 255]);
          if (channels === 4) expect(pixel).toEqual(samples);
        }
      expect(inspect(bytes).layers.some(layer => layer.rank === 1)).toBe(true);
    }
  });
});

describe('Tiles are not tried', () => {
  it('on a photo, on noise, with 16 bits a sample, or if a basis is asked for', () => {
    for (const scene of ['photo', 'noise', 'grain'])
      expect(tileSource(draw(64, 64, 3, 8, scene))).toBeUndefined();
    expect(tileSource(draw(64, 64, 3, 16, 'edges'))).toBeUndefined();
    const raster = graphics(64, 48, 3);
    expect(readHeader(encode(raster)).header.tiles).toBe(true);
    for (const basis of ['dct', 'svd'] as const)
      expect(readHeader(encode(raster, { basis })).header.tiles).toBe(false);
    expect(readHeader(encode(raster, { layout: 'channel' })).header.tiles).toBe(false);
  });
});

describe('Filling', () => {
  it('keeps known values and continues them: one value everywhere, a slope without leaving its range', () => {
    const known = Uint8Array.from({ length: 30 * 20 }, (_, i) => (i % 30 < 9 ? 1 : 0));
    const flat = new Float32Array(600).map((_, i) => (known[i] ? 7 : 1000));
    fill({ width: 30, height: 20, data: flat }, known);
    expect([...flat].every(v => Math.abs(v - 7) < 1e-4)).toBe(true);
    const slope = new Float32Array(600).map((_, i) => (known[i] ? i % 30 : -1));
    fill({ width: 30, height: 20, data: slope }, known);
    for (let i = 0; i < 600; i++)
      if (known[i]) expect(slope[i]).toBe(i % 30);
      else expect(slope[i]! >= 0 && slope[i]! <= 8).toBe(true);
  });
});
