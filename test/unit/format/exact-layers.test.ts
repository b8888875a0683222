import { decode, encode, inspect, type Raster, truncate } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/format/read-header.js';
import { writeHeader } from '../../../src/format/write-header.js';

/** One colour everywhere, opaque in every other square of 3 x 3: the colours are exact long before alpha is. */
function flatWithSquares(): Raster {
  const [width, height] = [20, 10];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 4) {
      const odd = (Math.floor(x / 3) + Math.floor(y / 3)) % 2;
      data.set([128, 128, 128, odd * 255], i);
    }
  return { width, height, channels: 4, bitDepth: 8, data };
}

/** The header of a grey file with layers of these PSNRs, written and read again. */
function through(...psnrs: number[]): number[] {
  const { header } = readHeader(
    encode({ width: 8, height: 8, channels: 1, bitDepth: 8, data: new Uint8Array(64) }),
  );
  const steps = header.layers.at(-1)!.steps;
  const layers = psnrs.map((psnr, i) => ({
    steps: steps + i + 1 - psnrs.length,
    psnr,
    ranges: [{ end: 10 * i + 10, check: i }],
  }));
  return readHeader(writeHeader({ ...header, layers })).header.layers.map(layer => layer.psnr);
}

describe('The PSNR of a layer', () => {
  it('is Infinity if the colours are already exact, and truncating to any PSNR finds that layer', () => {
    const raster = flatWithSquares();
    const bytes = encode(raster, { basis: 'dct' });
    const { layers } = inspect(bytes);
    expect(layers.length).toBeGreaterThan(1);
    expect(layers.map(layer => layer.psnr)).toEqual(layers.map(() => Number.POSITIVE_INFINITY));
    const first = truncate(bytes, { psnr: 1000 });
    expect(inspect(first).layers).toHaveLength(1);
    const { data } = decode(first, { channels: 'file' });
    expect(data.filter((_, i) => i % 4 < 3).every(sample => sample === 128)).toBe(true);
  });

  it('is rounded to 1/100 dB, that of the last to 1/2000, and only an exact layer reads back as exact', () => {
    expect(through(30.014, 31.5, 40)).toEqual([30.01, 31.5, 40]);
    expect(through(50, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual([
      50,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect(through(230, Number.POSITIVE_INFINITY)).toEqual([199.99, Number.POSITIVE_INFINITY]);
    expect(through(230, 230.5)).toEqual([199.99, 199.9995]);
  });

  it('never exceeds that of the last', () => {
    expect(through(40.0147, 40.0149)).toEqual([40.01, 40.015]);
  });
});
