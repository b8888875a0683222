import { describe, expect, it } from 'vitest';
import type { Raster, SampleCount } from '../../src/core/raster.js';
import { decode } from '../../src/decode/decode.js';
import { inspect } from '../../src/decode/inspect.js';
import { readHeader } from '../../src/format/read-header.js';
import { type EncodeOptions, encode, truncate } from '../../src/index.js';
import { withStream } from '../fuzz/files.js';

/** Waves, an edge and a little noise, each channel its own. */
function picture(width: number, height: number, channels: SampleCount, bitDepth: 8 | 16 = 8): Raster {
  const peak = bitDepth === 16 ? 65_535 : 255;
  const data = new (bitDepth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  let seed = 7;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++, i++) {
        seed = (seed * 16_807) % 2_147_483_647;
        const wave =
          Math.sin(x / (5 + c) + y / 9) +
          Math.cos((x * y) / (60 + 9 * c)) +
          (3 * x + y > 90 + 9 * c ? 1 : -1);
        data[i] = Math.max(
          0,
          Math.min(peak, Math.round((0.5 + wave * 0.13 + (seed / 2 ** 31 - 0.5) * 0.04) * peak)),
        );
      }
  return { width, height, channels, bitDepth, data };
}

function psnr(raster: Raster, bytes: Uint8Array, rank?: number): number {
  const decoded = decode(bytes, rank === undefined ? { channels: 'file' } : { channels: 'file', rank });
  const colours = raster.channels < 3 ? 1 : 3;
  let error = 0;
  for (let i = 0; i < raster.data.length; i++)
    if (i % raster.channels < colours) error += (decoded.data[i]! - raster.data[i]!) ** 2;
  const peak = raster.bitDepth === 16 ? 65_535 : 255;
  return error ? 10 * Math.log10((peak * peak * raster.width * raster.height * colours) / error) : Infinity;
}

const code = (raster: Raster, options: EncodeOptions = {}): Uint8Array =>
  encode(raster, { layout: 'channel', ...options });

const SIZES: [number, number][] = [
  [1, 1],
  [1, 300],
  [300, 1],
  [7, 5],
  [2, 2],
  [33, 3],
  [64, 48],
];
const pictures = SIZES.flatMap(([width, height]) =>
  ([1, 2, 3, 4] as const).flatMap(channels =>
    ([8, 16] as const).map(bits => ({ width, height, channels, bits })),
  ),
);

describe('layout channel', () => {
  it.each(
    pictures,
  )('states the PSNR of $width x $height, $channels channels, $bits bits, and keeps its shape', ({
    width,
    height,
    channels,
    bits,
  }) => {
    const raster = picture(width, height, channels, bits);
    for (const quality of [30, 75, 100]) {
      const bytes = code(raster, { quality });
      const info = inspect(bytes);
      expect(info).toMatchObject({
        layout: 'channel',
        width,
        height,
        channels,
        bitDepth: bits,
        complete: true,
        bytes: bytes.length,
      });
      expect(info.rank).toBeLessThanOrEqual(Math.min(width, height));
      const measured = psnr(raster, bytes);
      if (measured === Infinity) expect(info.psnr).toBe(Infinity);
      else expect(Math.abs(info.psnr - measured)).toBeLessThan(0.001);
    }
  });

  it('decodes every prefix that ends with a layer to the stated PSNR, and longer ones to the last whole layer', () => {
    const raster = picture(120, 88, 3);
    const bytes = code(raster, { quality: 85 });
    const { layers } = inspect(bytes);
    expect(layers.length).toBeGreaterThan(5);
    layers.forEach((layer, i) => {
      const prefix = bytes.subarray(0, layer.bytes);
      expect(Math.abs(psnr(raster, prefix) - layer.psnr)).toBeLessThan(0.05);
      expect(inspect(prefix)).toMatchObject({ rank: layer.rank, psnr: layer.psnr });
      expect(decode(prefix).rank).toBe(layer.rank);
      if (i) {
        expect(layer.psnr).toBeGreaterThanOrEqual(layers[i - 1]!.psnr);
        expect(decode(bytes.subarray(0, layer.bytes - 1)).data).toEqual(
          decode(bytes.subarray(0, layers[i - 1]!.bytes)).data,
        );
      }
    });
    expect(() => decode(bytes.subarray(0, layers[0]!.bytes - 1))).toThrow(/TRUNCATED/);
  });

  it('keeps at most `rank` columns a channel when it encodes and decodes, and never loses PSNR by one more', () => {
    const raster = picture(64, 48, 3);
    const whole = code(raster, { quality: 85 });
    let last = 0;
    for (let rank = 1; rank <= 48; rank++) {
      const reached = psnr(raster, whole, rank);
      expect(reached).toBeGreaterThanOrEqual(last - 0.001);
      last = reached;
    }
    for (const rank of [1, 2, 5, 17]) {
      const bytes = code(raster, { quality: 85, rank });
      expect(inspect(bytes).rank).toBe(rank);
      expect(matrixRank(decode(bytes, { channels: 'file' }), rank)).toBe(true);
      expect(decode(whole, { rank }).rank).toBe(rank);
    }
  });

  it('cuts a file by rank', () => {
    const raster = picture(64, 48, 1);
    const bytes = code(raster, { quality: 90 });
    const cut = truncate(bytes, { rank: 6 });
    expect(inspect(cut).rank).toBeLessThanOrEqual(6);
    expect(decode(cut).data).toEqual(decode(bytes, { rank: inspect(cut).rank }).data);
  });

  it('meets a PSNR from above within 0.05 dB and a size from below within 2 %', () => {
    const raster = picture(160, 128, 3);
    for (const target of [28, 34, 40]) {
      const reached = psnr(raster, code(raster, { psnr: target }));
      expect(reached).toBeGreaterThanOrEqual(target);
      expect(reached).toBeLessThan(target + 0.05);
    }
    for (const size of [4000, 9000]) {
      const { length } = code(raster, { size });
      expect(length).toBeLessThanOrEqual(size);
      expect(length).toBeGreaterThan(size * 0.98);
    }
  });

  it('becomes exact if the PSNR asks for it, and is one column of zeros for a picture without content', () => {
    const raster = picture(20, 31, 4);
    expect(psnr(raster, code(raster, { psnr: 85 }))).toBe(Infinity);
    const grey: Raster = {
      width: 9,
      height: 4,
      channels: 1,
      bitDepth: 8,
      data: new Uint8Array(36).fill(128),
    };
    const bytes = code(grey);
    expect(inspect(bytes)).toMatchObject({ rank: 1, psnr: Infinity });
    expect(decode(bytes, { channels: 'file' }).data).toEqual(new Uint8ClampedArray(grey.data));
  });

  it('throws only CodecError for every flipped bit that no checksum covers', () => {
    const bytes = code(picture(24, 17, 3), { quality: 60 });
    const { header, stream } = readHeader(bytes);
    const columns = bytes.slice(stream, -4);
    for (let bit = 0; bit < columns.length * 8; bit++) {
      const bad = columns.slice();
      bad[bit >> 3]! ^= 128 >> (bit & 7);
      try {
        expect(decode(withStream(header, bad)).data.length).toBe(24 * 17 * 4);
      } catch (error) {
        expect((error as Error).name).toBe('CodecError');
      }
    }
  });
});

/** Does the first channel of the picture have at most rank k, up to its rounding to integers? */
function matrixRank({ width, height, channels, data }: ReturnType<typeof decode>, k: number): boolean {
  // Gram-Schmidt with pivoting on the rows of the sum of the samples: after the rank and one for the midpoint, only rounding is left.
  const rows = Array.from({ length: height }, (_, y) =>
    Float64Array.from({ length: width }, (_, x) => data[(y * width + x) * channels]! - 128),
  );
  // A sample mixes three channels, each of rank k.
  for (let step = 0; step < 3 * k; step++) {
    const energies = rows.map(row => row.reduce((sum, v) => sum + v * v, 0));
    const pivot = rows[energies.indexOf(Math.max(...energies))]!.slice();
    const energy = Math.max(...energies);
    if (energy < 1) break;
    for (const row of rows) {
      const f = row.reduce((sum, v, i) => sum + v * pivot[i]!, 0) / energy;
      for (let i = 0; i < width; i++) row[i]! -= f * pivot[i]!;
    }
  }
  return Math.max(...rows.flatMap(row => Array.from(row, Math.abs))) < 8;
}
