import { decode, encode } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { draw } from '../../properties/codec-rasters.js';

describe('Effort', () => {
  const raster = draw(96, 80, 3, 8, 'waves');

  it('chooses levels anew at each step from 1 to 7', () => {
    const files = [1, 2, 3, 4, 5, 6, 7].map(effort => encode(raster, { effort, quality: 60 }));
    expect(new Set(files.map(file => Buffer.from(file).toString('base64'))).size).toBe(files.length);
    for (const file of files) expect(decode(file).width).toBe(raster.width);
  });

  it('makes smaller files at the same PSNR, on the whole', () => {
    const bytes = (effort: number): number => encode(raster, { effort, psnr: 38 }).length;
    expect(bytes(7)).toBeLessThan(bytes(1));
  });
});
