import fc from 'fast-check';
import { decode, encode, inspect, truncate } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { checked, rasters } from './codec-rasters.js';

const SCALES = [8, 4, 2] as const;

const files = fc
  .tuple(
    rasters(90),
    fc.constantFrom('size' as const, 'quality' as const),
    fc.constantFrom('block' as const, 'block' as const, 'channel' as const),
    fc.constantFrom('auto' as const, 'svd' as const),
  )
  .map(([raster, order, layout, basis]) => encode(raster, { order, layout, basis, quality: 80, effort: 1 }));

describe('Smaller pictures in a file', () => {
  it('are complete where the index says: later bytes change nothing', () => {
    fc.assert(
      fc.property(files, bytes => {
        const { sizes, layers } = inspect(bytes);
        expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
        for (const [i, scale] of SCALES.entries()) {
          const prefix = bytes.subarray(0, layers[sizes[i]! - 1]!.bytes);
          expect(decode(prefix, { scale })).toEqual(decode(bytes, { scale }));
        }
      }),
      checked(20),
    );
  });

  it('are what truncate keeps, and what a file cut for a larger one still has', () => {
    fc.assert(
      fc.property(files, bytes => {
        let before = bytes;
        for (const scale of [2, 4, 8] as const) {
          const cut = truncate(before, { scale });
          const { sizes, layers, complete } = inspect(cut);
          expect(complete).toBe(true);
          expect(sizes[SCALES.indexOf(scale)]).toBe(layers.length);
          expect(decode(cut, { scale })).toEqual(decode(bytes, { scale }));
          expect(cut.length).toBeLessThanOrEqual(before.length + 2);
          before = cut;
        }
      }),
      checked(20),
    );
  });

  it('come first by default, and are the same in any order', () => {
    const width = 200;
    const data = Uint8ClampedArray.from({ length: width * width * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return 128 + 60 * Math.sin(x / 9 + (i % 3)) + 50 * Math.cos((x * y) / 70) + ((i * 7919) % 23);
    });
    const raster = { width, height: width, channels: 3, bitDepth: 8, data } as const;
    const [first, size, quality] = [undefined, 'size', 'quality'].map(order =>
      encode(raster, { quality: 70, basis: 'dct', ...(order && { order: order as 'size' }) }),
    ) as [Uint8Array, Uint8Array, Uint8Array];
    expect(first).toEqual(size);
    expect(decode(size)).toEqual(decode(quality));
    const share = (bytes: Uint8Array, scale: number): number => {
      const { sizes, layers } = inspect(bytes);
      return layers[sizes[SCALES.indexOf(scale as 2)]! - 1]!.bytes / bytes.length;
    };
    for (const scale of [2, 4]) expect(share(size, scale)).toBeLessThan(share(quality, scale));
    expect(share(size, 4)).toBeLessThan(share(size, 2));
    expect(size.length).toBeLessThan(quality.length * 1.005 + 16);
  });

  it('are refused if the file no longer has them, and so are scales that do not exist', () => {
    const bytes = encode(
      {
        width: 64,
        height: 64,
        channels: 1,
        bitDepth: 8,
        data: Uint8ClampedArray.from({ length: 4096 }, (_, i) => (i * i * 31) % 251),
      },
      { quality: 90 },
    );
    const { sizes, layers } = inspect(bytes);
    expect(sizes[2]).toBeGreaterThan(1);
    const prefix = bytes.subarray(0, layers[0]!.bytes);
    expect(() => truncate(prefix, { scale: 2 })).toThrow(
      expect.objectContaining({ code: 'TARGET', field: 'scale' }),
    );
    expect(() => truncate(bytes, { scale: 3 as 2 })).toThrow(
      expect.objectContaining({ code: 'OPTION', field: 'scale' }),
    );
  });
});
