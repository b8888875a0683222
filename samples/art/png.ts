import { PNG } from 'pngjs';
import type { Raster } from '../../src/core/raster.js';

const COLOUR_TYPES = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/** A raster as PNG bytes of the same samples: fixed filter strategy and deflate level. */
export function toPng({ width, height, channels, bitDepth, data }: Raster): Buffer {
  const colorType = COLOUR_TYPES[channels];
  const png = new PNG({ width, height });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return PNG.sync.write(png, {
    colorType,
    inputColorType: colorType,
    inputHasAlpha: channels === 2 || channels === 4,
    bitDepth,
    deflateLevel: 9,
    deflateStrategy: 0,
    filterType: -1,
  });
}
