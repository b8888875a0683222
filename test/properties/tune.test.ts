import { decode, encode, msSsim, psnr, type Raster } from 'lowrank';
import { readImage } from 'lowrank/node';
import { describe, expect, it } from 'vitest';

const sized = (raster: Raster, bytes: number, tune: 'psnr' | 'ssim') => {
  const file = encode(raster, { size: bytes, tune });
  const picture = decode(file, { channels: 'file' });
  return { file, psnr: psnr(raster, picture).psnr, similarity: msSsim(raster, picture)! };
};

describe('Tuning', () => {
  it('for structural similarity gives more of it at the same size, and less PSNR', async () => {
    const { raster } = await readImage('samples/scene.png');
    const structure = sized(raster, 8000, 'ssim');
    const error = sized(raster, 8000, 'psnr');
    expect(structure.file.length).toBeLessThanOrEqual(8000);
    expect(structure.similarity).toBeGreaterThan(error.similarity);
    expect(structure.psnr).toBeLessThan(error.psnr);
  });
});
