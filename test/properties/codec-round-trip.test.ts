import fc from 'fast-check';
import { decode, encode, inspect, truncate } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { checked, psnrBetween, rasters } from './codec-rasters.js';

/** The largest PSNR below exact that a header can state. */
const LARGEST = (2 ** 18 - 2) / 2000;

/** Does a stated PSNR match the measured one? */
function expectPsnr(stated: number, measured: number, within: number): void {
  if (measured === Number.POSITIVE_INFINITY) expect(stated).toBe(measured);
  else expect(Math.abs(stated - Math.min(measured, LARGEST))).toBeLessThanOrEqual(within);
}

const settings = fc.record({
  quality: fc.constantFrom(0, 30, 75, 95, 100),
  basis: fc.constantFrom('auto' as const, 'dct' as const, 'svd' as const),
  effort: fc.constantFrom(1, 5),
});

describe('Any picture at any quality', () => {
  it('comes back with its shape, and with the PSNR of its header to 0.001 dB', () => {
    fc.assert(
      fc.property(rasters(), settings, (raster, options) => {
        const bytes = encode(raster, options);
        const info = inspect(bytes);
        const picture = decode(bytes, { channels: 'file' });
        const { width, height, channels, bitDepth } = raster;
        expect(info).toMatchObject({
          width,
          height,
          channels,
          bitDepth,
          bytes: bytes.length,
          complete: true,
        });
        expect(picture).toMatchObject({ width, height, channels, bitDepth, rank: info.rank });
        expect(picture.data.length).toBe(raster.data.length);
        expectPsnr(info.psnr, psnrBetween(raster, picture), 0.001);
        if (channels % 2 === 0) expectPsnr(info.psnrAlpha!, psnrBetween(raster, picture, true), 0.001);
        else expect(info.psnrAlpha).toBeUndefined();
      }),
      checked(150),
    );
  });

  it('is RGBA unless the samples of the file are asked for: grey repeated, missing alpha opaque', () => {
    fc.assert(
      fc.property(rasters(20), raster => {
        const bytes = encode(raster);
        const { data } = decode(bytes, { channels: 'file' });
        const rgba = decode(bytes);
        expect(rgba.channels).toBe(4);
        const { channels: n, width, height, bitDepth } = raster;
        const opaque = bitDepth === 16 ? 65_535 : 255;
        const expected = Array.from({ length: width * height }, (_, p) => {
          const [a, b, c, d] = data.subarray(p * n, p * n + n);
          return n < 3 ? [a, a, a, b ?? opaque] : [a, b, c, d ?? opaque];
        });
        expect([...rgba.data]).toEqual(expected.flat());
      }),
      checked(40),
    );
  });

  it('is the same file when encoded again', () => {
    fc.assert(
      fc.property(rasters(30), raster => {
        expect(encode(raster)).toEqual(encode({ ...raster, data: raster.data.slice() }));
      }),
      checked(20),
    );
  });
});

describe('Metadata', () => {
  const block = fc.uint8Array({ maxLength: 600 });
  const cicp = fc.uint8Array({ minLength: 4, maxLength: 4 });

  it('come back byte for byte, from prefixes those needed to show the picture; empty ones are left out', () => {
    fc.assert(
      fc.property(
        rasters(12),
        fc.record({ icc: block, cicp, exif: block, xmp: block }, { requiredKeys: [] }),
        (raster, metadata) => {
          const bytes = encode(raster, { metadata });
          const kept = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value.length > 0));
          const info = inspect(bytes);
          expect(info.metadata).toEqual(kept);
          const { exif: _exif, xmp: _xmp, ...first } = kept;
          expect(inspect(bytes.subarray(0, info.layers[0]!.bytes)).metadata).toEqual(first);
          // A cut file keeps all.
          expect(inspect(truncate(bytes, { psnr: 0.001 })).metadata).toEqual(kept);
          expect(decode(bytes)).toEqual(decode(encode(raster)));
        },
      ),
      checked(60),
    );
  });
});
