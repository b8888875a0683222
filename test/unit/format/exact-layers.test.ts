import { decode, encode, inspect, type Raster, truncate } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { BitWriter } from '../../../src/bits/bit-writer.js';
import {
  COUNT_ORDER,
  EXACT_LAYER,
  LAYER_PSNR_ORDER,
  RANK_ORDER,
  SIDE_ORDER,
  SIZE_ORDER_BITS,
} from '../../../src/format/header.js';
import { readHeader } from '../../../src/format/read-header.js';
import { SIGNATURE, VERSION, VERSION_BITS } from '../../../src/format/signature.js';
import { STEP_BITS } from '../../../src/format/step.js';
import { writeHeader } from '../../../src/format/write-header.js';

/** One colour all over, opaque on every other square of 3 x 3: the colours are exact long before alpha is. */
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
  const layers = psnrs.map((psnr, i) => ({ steps: 1, end: 10 * i + 10, psnr }));
  return readHeader(writeHeader({ ...header, layers })).header.layers.map(layer => layer.psnr);
}

describe('The PSNR of a layer before the last', () => {
  it('is Infinity where the colours are exact already, and truncating to any PSNR finds that layer', () => {
    const raster = flatWithSquares();
    const bytes = encode(raster, { basis: 'dct' });
    const { layers } = inspect(bytes);
    expect(layers.length).toBeGreaterThan(1);
    expect(layers.map(layer => layer.psnr)).toEqual(layers.map(() => Number.POSITIVE_INFINITY));
    const first = truncate(bytes, { psnr: 1000 });
    expect(first.length).toBe(layers[0]!.bytes);
    const { data } = decode(first, { channels: 'file' });
    expect(data.filter((_, i) => i % 4 < 3).every(sample => sample === 128)).toBe(true);
  });

  it('is rounded to 1/64 dB, and only an exact one reads back as exact', () => {
    expect(through(30.01, 31.5, 40)).toEqual([30.015625, 31.5, 40]);
    expect(through(50, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual([
      50,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect(through(130, Number.POSITIVE_INFINITY)).toEqual([
      (EXACT_LAYER - 1) / 64,
      Number.POSITIVE_INFINITY,
    ]);
    expect(through(130, 130.5)).toEqual([(EXACT_LAYER - 1) / 64, 130.5]);
  });

  it('never comes out above the last, which is rounded more finely', () => {
    const [before, last] = through(40.0147, 40.0149);
    expect(before).toBe(40);
    expect(last).toBe(40.015);
  });
});

/** The header of a grey file, by hand, up to the PSNR of the first of two layers. */
function upToLayerPsnr(code: number): Uint8Array {
  const bits = new BitWriter();
  bits.put(SIGNATURE);
  bits.u(VERSION_BITS, VERSION);
  bits.u(1 + 2 + 1 + 1, 0); // layout block, grey, 8 bits, no tiles
  bits.ue(SIDE_ORDER, 7);
  bits.ue(SIDE_ORDER, 7);
  bits.u(STEP_BITS, 0);
  bits.ue(RANK_ORDER, 0);
  bits.ue(COUNT_ORDER, 0); // no turns
  bits.u(3, 0); // no metadata
  bits.ue(COUNT_ORDER, 1);
  bits.u(SIZE_ORDER_BITS, 0);
  bits.ue(0, 0);
  bits.ue(0, 10);
  bits.ue(LAYER_PSNR_ORDER, code);
  return bits.bytes();
}

it('A PSNR above the code for exact is refused', () => {
  expect(() => readHeader(upToLayerPsnr(EXACT_LAYER + 1))).toThrow(
    expect.objectContaining({ code: 'CORRUPT', field: 'layer psnr' }),
  );
  // The code itself is taken: what is missing then is the next layer.
  expect(() => readHeader(upToLayerPsnr(EXACT_LAYER))).toThrow(
    expect.objectContaining({ code: 'TRUNCATED' }),
  );
});
