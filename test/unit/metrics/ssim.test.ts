import { ssim as peerSsim } from 'ssim.js';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../src/core/raster.js';
import { msSsim } from '../../../src/metrics/ms-ssim.js';
import { ssim } from '../../../src/metrics/ssim.js';
import { noisy, raster, scene } from './rasters.js';

/** ssim.js reads RGBA; the luma of a grey picture is the sample itself, so nothing is rounded. */
function peer(a: Raster, b: Raster): number {
  const [x, y] = [a, b].map(({ width, height, data }) => ({
    width,
    height,
    data: Uint8ClampedArray.from(
      data.length === width * height ? Array.from(data).flatMap(v => [v, v, v, 255]) : [],
    ),
  }));
  return peerSsim(x!, y!, { ssim: 'original', downsample: false }).mssim;
}

/** MS-SSIM by the definition, with windows like those of ssim.js written out, for a grey raster. */
function plainMsSsim(a: Raster, b: Raster): number {
  const exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
  let [x, y] = [Array.from(a.data), Array.from(b.data)];
  let { width, height } = a;
  let product = 1;
  for (let scale = 0; scale < 5; scale++) {
    if (scale > 0) {
      const half = (from: number[]): number[] => {
        const to: number[] = [];
        for (let r = 0; r + 1 < height; r += 2)
          for (let c = 0; c + 1 < width; c += 2) {
            const p = r * width + c;
            to.push((from[p]! + from[p + 1]! + from[p + width]! + from[p + width + 1]!) / 4);
          }
        return to;
      };
      [x, y] = [half(x), half(y)];
      width = Math.floor(width / 2);
      height = Math.floor(height / 2);
    }
    product *= plainMean(x, y, width, height, scale === 4) ** exponents[scale]!;
  }
  return product;
}

/** Mean over all windows of the contrast-structure term, with the luminance term if `full`; two-dimensional weights. */
function plainMean(x: number[], y: number[], width: number, height: number, full: boolean): number {
  const weights: number[] = [];
  for (let r = -5; r <= 5; r++) for (let c = -5; c <= 5; c++) weights.push(Math.exp(-(r * r + c * c) / 4.5));
  const total = weights.reduce((s, w) => s + w, 0);
  let [sum, count] = [0, 0];
  for (let top = 0; top + 11 <= height; top++)
    for (let left = 0; left + 11 <= width; left++) {
      let [mx, my, xx, yy, xy] = [0, 0, 0, 0, 0];
      for (let k = 0; k < 121; k++) {
        const p = (top + Math.floor(k / 11)) * width + left + (k % 11);
        const w = weights[k]! / total;
        mx += w * x[p]!;
        my += w * y[p]!;
        xx += w * x[p]! ** 2;
        yy += w * y[p]! ** 2;
        xy += w * x[p]! * y[p]!;
      }
      const contrast = (2 * (xy - mx * my) + 58.5225) / (xx - mx * mx + yy - my * my + 58.5225);
      sum += contrast * (full ? (2 * mx * my + 6.5025) / (mx * mx + my * my + 6.5025) : 1);
      count++;
    }
  return sum / count;
}

describe('SSIM', () => {
  it.each([
    [40, 32, 4],
    [33, 47, 30],
    [11, 11, 90],
    [64, 11, 200],
  ])('of a grey %i x %i picture under noise of %i agrees with ssim.js', (width, height, amplitude) => {
    const a = scene(width, height, 1);
    const b = noisy(a, amplitude);
    expect(Math.abs(ssim(a, b)! - peer(a, b))).toBeLessThan(1e-10);
  });

  it('is 1 for equal pictures, black, white and grey ones too', () => {
    for (const value of [0, 128, 255]) {
      const flat = raster(20, 20, 3, new Array(1200).fill(value));
      expect(ssim(flat, flat)).toBeCloseTo(1, 12);
    }
    expect(ssim(scene(20, 20, 3), scene(20, 20, 3))).toBeCloseTo(1, 12);
  });

  it('uses BT.601 luma, without alpha', () => {
    // A change of 10 in red alone is 2.99 in luma: only C1 distinguishes the flat pictures.
    const a = raster(12, 12, 4, new Array(144).fill([100, 100, 100, 255]).flat());
    const b = raster(12, 12, 4, new Array(144).fill([110, 100, 100, 0]).flat());
    const [x, y, c1] = [100, 102.99, 6.5025];
    expect(ssim(a, b)).toBeCloseTo((2 * x * y + c1) / (x * x + y * y + c1), 12);
  });

  it('does not depend on the bit depth', () => {
    const a = scene(24, 24, 3);
    const b = noisy(a, 20);
    const deep = (of: Raster): Raster =>
      raster(
        of.width,
        of.height,
        of.channels,
        Array.from(of.data, v => v * 257),
        16,
      );
    expect(ssim(deep(a), deep(b))).toBeCloseTo(ssim(a, b)!, 9);
  });

  it('is undefined if the window does not fit', () => {
    expect(ssim(scene(10, 40, 3), scene(10, 40, 3))).toBeUndefined();
    expect(ssim(scene(40, 10, 3), scene(40, 10, 3))).toBeUndefined();
  });
});

describe('MS-SSIM', () => {
  it('agrees with the definition, odd sides included', () => {
    const a = scene(191, 177, 1);
    const b = noisy(a, 25);
    const value = msSsim(a, b)!;
    expect(value).toBeCloseTo(plainMsSsim(a, b), 10);
    expect(value).toBeGreaterThan(ssim(a, b)!);
    expect(value).toBeLessThan(1);
  });

  it('is 1 for equal pictures and 0 for reversed contrast', () => {
    const a = noisy(raster(176, 176, 1, new Array(176 * 176).fill(128)), 100);
    const reversed = raster(
      176,
      176,
      1,
      Array.from(a.data, v => 255 - v),
    );
    expect(msSsim(a, a)).toBeCloseTo(1, 12);
    expect(msSsim(a, reversed)).toBe(0);
  });

  it('is undefined if the coarsest scale has no room for the window', () => {
    expect(msSsim(scene(175, 200, 1), scene(175, 200, 1))).toBeUndefined();
    expect(msSsim(scene(200, 175, 1), scene(200, 175, 1))).toBeUndefined();
    expect(msSsim(scene(176, 176, 1), scene(176, 176, 1))).toBeDefined();
  });
});
