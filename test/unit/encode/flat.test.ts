import { decode, encode, inspect, type Raster, truncate } from 'lowrank';
import { describe, expect, it } from 'vitest';
import type { SampleCount } from '../../../src/core/raster.js';
import { isFlat } from '../../../src/encode/flat/is-flat.js';
import { readHeader } from '../../../src/format/read-header.js';
import { draw, psnrBetween } from '../../properties/codec-rasters.js';

const flat = (channels: SampleCount, bitDepth: 8 | 16, width = 333, height = 257): Raster =>
  draw(width, height, channels, bitDepth, 'flat');

describe('A picture of one colour', () => {
  it('has every sample equal to that of the pixel before, and is not a small one', () => {
    for (const channels of [1, 2, 3, 4] as const)
      for (const place of [0, 5000, 333 * 257 - 1])
        for (let c = 0; c < channels; c++) {
          const raster = flat(channels, 8);
          expect(isFlat(raster)).toBe(true);
          raster.data[place * channels + c]! ^= 1;
          expect(isFlat(raster)).toBe(false);
        }
    expect(isFlat(flat(3, 8, 16, 16))).toBe(false);
  });

  it.each([1, 2, 3, 4] as const)('with %d samples a pixel comes back exactly, in few bytes', channels => {
    for (const quality of [0, 75, 100]) {
      const raster = flat(channels, 8);
      const bytes = encode(raster, { quality });
      expect(bytes.length).toBeLessThan(180);
      expect(decode(bytes, { channels: 'file' }).data).toEqual(new Uint8ClampedArray(raster.data));
      expect(inspect(bytes).psnr).toBe(Infinity);
    }
  });

  it.each([
    [1, 8, 'dct'],
    [3, 8, 'dct'],
    [4, 8, 'dct'],
    [2, 16, 'auto'],
    [3, 16, 'auto'],
    [4, 16, 'auto'],
  ] as const)('with %d samples of %d bits, basis %s, is as close to the original as its file says', (channels, bitDepth, basis) => {
    for (const quality of [0, 50, 100]) {
      const raster = flat(channels, bitDepth);
      const bytes = encode(raster, { quality, basis });
      const { header } = readHeader(bytes);
      const back = decode(bytes, { channels: 'file' });
      expect(bytes.length).toBeLessThan(180);
      expect(header.tiles).toBe(false);
      const near = (said: number, is: number) =>
        said === Infinity ? expect(is).toBe(Infinity) : expect(is).toBeCloseTo(said, 2);
      near(inspect(bytes).psnr, psnrBetween(raster, back));
      if (channels % 2 === 0) near(header.psnrAlpha!, psnrBetween(raster, back, true));
    }
  });

  it('meets targets, respects ranks, parts and order, and can be truncated and decoded in regions', () => {
    const raster = flat(3, 8, 600, 520);
    expect(encode(raster, { size: 100 }).length).toBeLessThanOrEqual(100);
    expect(decode(encode(raster, { psnr: 40 })).width).toBe(600);
    for (const tune of ['psnr', 'visual'] as const)
      for (const order of ['size', 'quality'] as const) {
        const bytes = encode(raster, { partSize: 256, rank: 3, tune, order });
        expect(readHeader(bytes).header.part).toBe(5);
        const whole = decode(bytes, { channels: 'file' });
        expect(whole.data).toEqual(new Uint8ClampedArray(raster.data));
        expect(decode(truncate(bytes, { rank: 1 })).width).toBe(600);
        expect([...new Set(decode(bytes, { scale: 8, channels: 'file' }).data)].length).toBeLessThan(4);
        const region = decode(bytes, {
          channels: 'file',
          region: { x: 250, y: 250, width: 20, height: 20 },
        });
        expect(region.data).toEqual(whole.data.subarray(0, 20 * 20 * 3));
      }
  });
});
