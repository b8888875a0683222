import { PNG } from 'pngjs';
import { hasAlpha, type Raster } from '../../core/raster.js';

// PNG 1.2, 4.1.1: samples a pixel -> colour type
const COLOUR_TYPE = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/** A PNG of the raster, channels and bit depth as they are, made without sharp. */
export function pngByPngjs({ width, height, channels, bitDepth, data }: Raster): Uint8Array {
  const colorType = COLOUR_TYPE[channels];
  const png = new PNG({ width, height });
  // pngjs looks at 16-bit data through `data.buffer`, so they must start at its start
  const samples = bitDepth === 16 ? new Uint16Array(data) : new Uint8Array(data);
  png.data = Buffer.from(samples.buffer, 0, samples.byteLength);
  return PNG.sync.write(png, {
    colorType,
    inputColorType: colorType,
    inputHasAlpha: hasAlpha(channels),
    bitDepth,
    deflateLevel: 6,
    deflateStrategy: 0,
  } as object);
}
