import fc from 'fast-check';
import { CodecError, decode, encode, inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { checked, draw, psnrBetween, rasters } from './codec-rasters.js';

/** The file, or the error that the target cannot be met. */
function attempt(run: () => Uint8Array): Uint8Array | CodecError {
  try {
    return run();
  } catch (error) {
    if (error instanceof CodecError && error.code === 'TARGET') return error;
    throw error;
  }
}

describe('A target of rank', () => {
  it('is an upper bound on the columns of every channel, combined with any other target', () => {
    const other = fc.constantFrom({}, { quality: 95 }, { size: 3000 });
    fc.assert(
      fc.property(rasters(50), fc.integer({ min: 1, max: 64 }), other, (raster, rank, options) => {
        const bytes = attempt(() => encode(raster, { ...options, rank, effort: 1 }));
        if (bytes instanceof CodecError) {
          expect(options).toHaveProperty('size');
          return;
        }
        expect(inspect(bytes).rank).toBeLessThanOrEqual(rank);
        expect(decode(bytes).rank).toBeLessThanOrEqual(rank);
        expect(decode(bytes)).toEqual(decode(bytes, { rank }));
      }),
      checked(25),
    );
  });
});

describe('A target of PSNR', () => {
  it('is met from above by every picture of 8 bits, however small', () => {
    fc.assert(
      fc.property(
        rasters(40, undefined, [8]),
        fc.double({ min: 10, max: 50, noNaN: true }),
        (raster, psnr) => {
          const bytes = encode(raster, { psnr, effort: 1 });
          expect(inspect(bytes).psnr).toBeGreaterThanOrEqual(psnr - 0.001);
          expect(psnrBetween(raster, decode(bytes, { channels: 'file' }))).toBeGreaterThanOrEqual(
            psnr - 0.001,
          );
        },
      ),
      checked(25),
    );
  });

  it('is met from above by every picture of 16 bits up to 65 dB', () => {
    fc.assert(
      fc.property(
        rasters(30, undefined, [16]),
        fc.double({ min: 20, max: 65, noNaN: true }),
        (raster, psnr) => {
          expect(inspect(encode(raster, { psnr, effort: 1 })).psnr).toBeGreaterThanOrEqual(psnr - 0.001);
        },
      ),
      checked(25),
    );
  });

  it.each([26, 28, 31.4, 35, 38, 44])('of %d dB is met within 0.05 dB by pictures with enough bits', psnr => {
    const photo = draw(128, 96, 3, 8, 'photo');
    const grain = draw(128, 96, 3, 8, 'noise').data;
    const { psnr: met } = inspect(
      encode({ ...photo, data: photo.data.map((v, i) => (3 * v + grain[i]!) / 4) }, { psnr }),
    );
    expect(met).toBeGreaterThanOrEqual(psnr);
    expect(met).toBeLessThanOrEqual(psnr + 0.05);
  });

  it('out of reach is an error that gives the best possible value', () => {
    expect(() => encode(draw(24, 24, 3, 16, 'noise'), { psnr: 129 })).toThrow(
      /^TARGET: psnr: got 129, expected at most \d+\.\d\d dB$/,
    );
    expect(() => encode(draw(24, 24, 3, 8, 'noise'), { psnr: 60, rank: 1 })).toThrow(
      /^TARGET: psnr: got 60, expected at most \d+\.\d\d dB$/,
    );
  });
});

describe('A target of size', () => {
  it('is never exceeded; if even the smallest file is larger, the error gives its size', () => {
    fc.assert(
      fc.property(rasters(40), fc.integer({ min: 20, max: 4000 }), (raster, size) => {
        const bytes = attempt(() => encode(raster, { size, effort: 1 }));
        if (bytes instanceof CodecError) {
          const least = Number(/at least (\d+) bytes/.exec(bytes.message)![1]);
          expect(least).toBeGreaterThan(size);
          expect(encode(raster, { size: least, effort: 1 }).length).toBeLessThanOrEqual(least);
        } else expect(bytes.length).toBeLessThanOrEqual(size);
      }),
      checked(25),
    );
  });

  it.each([900, 3000, 9000])('of %d bytes is met within 2 % if the picture allows', size => {
    const { length } = encode(draw(128, 96, 3, 8, 'photo'), { size });
    expect(length).toBeLessThanOrEqual(size);
    expect(length).toBeGreaterThanOrEqual(size * 0.98);
  });

  it('can be given as bits a pixel', () => {
    const raster = draw(64, 48, 3, 8, 'grain');
    expect(encode(raster, { bpp: 2 })).toEqual(encode(raster, { size: (64 * 48 * 2) / 8 }));
  });
});
