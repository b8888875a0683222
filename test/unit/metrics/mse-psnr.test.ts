import { describe, expect, it } from 'vitest';
import { msSsim } from '../../../src/metrics/ms-ssim.js';
import { mse } from '../../../src/metrics/mse.js';
import { psnr, psnrOf } from '../../../src/metrics/psnr.js';
import { ssim } from '../../../src/metrics/ssim.js';
import { raster, scene } from './rasters.js';

describe('MSE and PSNR', () => {
  const a = raster(2, 1, 4, [10, 20, 30, 255, 40, 50, 60, 0]);
  const b = raster(2, 1, 4, [13, 20, 30, 255, 40, 46, 60, 10]);

  it('are given for all colour samples together, for alpha, and for each channel', () => {
    expect(mse(a, b)).toEqual({ colour: (9 + 16) / 6, alpha: 50, channels: [4.5, 8, 0, 50] });
    const { psnr: colour, psnrAlpha } = psnr(a, b);
    expect(colour).toBeCloseTo(10 * Math.log10((255 * 255 * 6) / 25), 12);
    expect(psnrAlpha).toBeCloseTo(10 * Math.log10((255 * 255) / 50), 12);
  });

  it('have no alpha if the raster has none', () => {
    expect(mse(raster(1, 1, 1, [3]), raster(1, 1, 1, [5]))).toEqual({ colour: 4, channels: [4] });
    expect(psnr(scene(3, 3, 3), scene(3, 3, 3))).toEqual({ psnr: Infinity });
    expect(mse(raster(1, 1, 2, [3, 9]), raster(1, 1, 2, [5, 8]))).toEqual({
      colour: 4,
      alpha: 1,
      channels: [4, 1],
    });
  });

  it('are infinite for equal colour under other alpha', () => {
    const { psnr: colour, psnrAlpha } = psnr(raster(1, 1, 2, [7, 0]), raster(1, 1, 2, [7, 255]));
    expect([colour, psnrAlpha]).toEqual([Infinity, 0]);
  });

  it('use the peak of the bit depth and survive the largest error', () => {
    const black = raster(2, 2, 3, new Array(12).fill(0), 16);
    const white = raster(2, 2, 3, new Array(12).fill(65_535), 16);
    expect(mse(black, white).colour).toBe(65_535 ** 2);
    expect(psnr(black, white).psnr).toBe(0);
    expect(psnrOf(1, 65_535)).toBeCloseTo(96.3295, 4);
    expect(psnrOf(1, 255)).toBeCloseTo(48.1308, 4);
    expect(psnrOf(0, 255)).toBe(Infinity);
  });
});

describe.each<[string, (a: ReturnType<typeof scene>, b: ReturnType<typeof scene>) => unknown]>([
  ['mse', mse],
  ['psnr', psnr],
  ['ssim', ssim],
  ['msSsim', msSsim],
])('%s', (_name, metric) => {
  it.each([
    ['width', scene(4, 6, 3)],
    ['height', scene(6, 4, 3)],
    ['channels', scene(6, 6, 1)],
    ['bitDepth', scene(6, 6, 3, 16)],
    ['data.length', { ...scene(6, 6, 3), data: new Uint8Array(107) }],
  ])('refuses rasters that differ in %s', (field, other) => {
    expect(() => metric(scene(6, 6, 3), other)).toThrow(expect.objectContaining({ code: 'RASTER', field }));
  });
});
