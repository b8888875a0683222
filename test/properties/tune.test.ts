import { decode, encode, psnr, type Raster } from 'lowrank';
import { readImage } from 'lowrank/node';
import { describe, expect, it } from 'vitest';
import { ssimulacra2Against } from '../../src/io/score/ssimulacra2.js';

describe('Tuning', () => {
  it('for the eye gives a higher SSIMULACRA 2 at the same size, and less PSNR', async () => {
    const { raster } = await readImage('samples/scene.png');
    const score = await ssimulacra2Against(raster);
    const sized = (tune: 'visual' | 'psnr') => {
      const file = encode(raster, { size: 8000, tune });
      const picture = decode(file, { channels: 'file' });
      return { bytes: file.length, psnr: psnr(raster, picture).psnr, score: score(picture)! };
    };
    const [visual, error] = [sized('visual'), sized('psnr')];
    expect(visual.bytes).toBeLessThanOrEqual(8000);
    expect(visual.score).toBeGreaterThan(error.score + 2);
    expect(visual.psnr).toBeLessThan(error.psnr);
  });

  it('is for the eye by default, and for PSNR if PSNR is the target', () => {
    const raster: Raster = {
      ...{ width: 64, height: 48, channels: 3, bitDepth: 8 },
      data: Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * i * 7 + (i >> 5) * 31) & 255),
    };
    expect(encode(raster, { quality: 60 })).toEqual(encode(raster, { quality: 60, tune: 'visual' }));
    expect(encode(raster, { psnr: 30 })).toEqual(encode(raster, { psnr: 30, tune: 'psnr' }));
  });
});
