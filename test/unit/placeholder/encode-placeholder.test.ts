import { type CodecError, decode, encodePlaceholder, inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { shrink } from '../../../src/placeholder/shrink.js';
import { smallSize } from '../../../src/placeholder/small-size.js';
import { stretchedError } from '../../../src/placeholder/stretched-error.js';
import { draw } from '../../properties/codec-rasters.js';

describe('A placeholder', () => {
  it.each([20, 100, 300])('takes at most %i bytes and decodes', size => {
    const bytes = encodePlaceholder(draw(120, 80, 3, 8, 'photo'), { size });
    expect(bytes.length).toBeLessThanOrEqual(size);
    const { width, height } = decode(bytes);
    expect(width * 80).toBe(height * 120);
    expect(inspect(bytes)).toMatchObject({ width, height, channels: 3, bitDepth: 8, layers: [] });
  });

  it('comes closer to the picture with more bytes, and with the fewest still closer than the mean colour', () => {
    const raster = draw(120, 80, 3, 8, 'photo');
    const errors = [20, 60, 300].map(size =>
      stretchedError(decode(encodePlaceholder(raster, { size }), { channels: 'file' }), raster),
    );
    expect(errors[1]).toBeLessThan(errors[0]!);
    expect(errors[2]).toBeLessThan(errors[1]!);
    expect(errors[0]).toBeLessThan(stretchedError(shrink(raster, { width: 1, height: 1 }), raster));
  });

  it.each([1, 2, 4] as const)('keeps %i channels, of 16 bits too', channels => {
    for (const bitDepth of [8, 16] as const) {
      const picture = decode(encodePlaceholder(draw(60, 60, channels, bitDepth, 'photo')), {
        channels: 'file',
      });
      expect(picture).toMatchObject({ channels, bitDepth: 8 });
    }
  });

  it('exists for pictures of one pixel, and of one row', () => {
    expect(decode(encodePlaceholder(draw(1, 1, 3, 8, 'photo')))).toMatchObject({ width: 1, height: 1 });
    expect(decode(encodePlaceholder(draw(900, 1, 3, 8, 'photo')))).toMatchObject({ height: 1 });
  });

  it.each([
    [600, 400],
    [150, 149],
    [129, 4],
  ])('of a picture of %i x %i that is best at the largest size is no larger than the compact form holds', (width, height) => {
    const disc = Uint8Array.from({ length: width * height }, (_, p) =>
      ((p % width) / width - 0.5) ** 2 + (Math.floor(p / width) / height - 0.5) ** 2 < 0.1 ? 255 : 0,
    );
    const bytes = encodePlaceholder({ width, height, channels: 1, bitDepth: 8, data: disc }, { size: 300 });
    const picture = decode(bytes);
    expect(picture.width).toBeGreaterThan(96);
    expect(picture.width).toBeLessThanOrEqual(128);
    expect(picture.height).toBe(Math.round((picture.width * height) / width));
  });

  it.each([
    [287, 82],
    [294, 147],
    [145, 87],
  ])('of a picture of %i x %i has whole pixels in its proportions', (width, height) => {
    const data = Uint8Array.from({ length: width * height }, (_, p) =>
      p % width > 0.3 * width && p < 0.6 * height * width ? 255 : 0,
    );
    const small = decode(encodePlaceholder({ width, height, channels: 1, bitDepth: 8, data }, { size: 60 }));
    expect(small.width * height).toBe(small.height * width);
  });

  it('refuses sizes out of range, and stops when aborted', () => {
    const code = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return (error as CodecError).code;
      }
    };
    const raster = draw(40, 40, 3, 8, 'photo');
    for (const size of [19, 301, 50.5])
      expect(code(() => encodePlaceholder(raster, { size }))).toBe('OPTION');
    expect(code(() => encodePlaceholder(raster, { signal: AbortSignal.abort() }))).toBe('ABORTED');
    expect(code(() => encodePlaceholder(raster, { signal: {} as AbortSignal }))).toBe('OPTION');
  });
});

describe('The small size of a picture', () => {
  it.each([
    [768, 512, 48, 48, 32],
    [1920, 1080, 48, 48, 27],
    [3024, 4032, 64, 48, 64],
    [1023, 767, 48, 48, 36],
    [20, 10, 48, 20, 10],
    [188, 188, 48, 48, 48],
    [175, 50, 48, 49, 14],
    [65_535, 1, 48, 48, 1],
  ])('of %i x %i at %i is %i x %i', (width, height, side, small, smallHeight) => {
    expect(smallSize({ width, height }, side)).toEqual({ width: small, height: smallHeight });
  });

  it.each([
    [600, 400, 126, 84],
    [1920, 1080, 128, 72],
    [129, 4, 128, 4],
    [320, 240, 128, 96],
    [155, 93, 125, 75],
  ])('of %i x %i keeps a limit', (width, height, small, smallHeight) => {
    expect(smallSize({ width, height }, 128, 128)).toEqual({ width: small, height: smallHeight });
  });
});

describe('Shrinking', () => {
  it('averages areas, and ignores colours of transparent pixels', () => {
    const data = Uint8Array.of(200, 255, 100, 255, 90, 255, 10, 0);
    const raster = { width: 4, height: 1, channels: 2 as const, bitDepth: 8 as const, data };
    expect([...shrink(raster, { width: 2, height: 1 }).data]).toEqual([150, 255, 90, 128]);
  });
});
