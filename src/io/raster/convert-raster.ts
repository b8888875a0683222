import { colourCount, hasAlpha, type Raster, type SampleCount } from '../../core/raster.js';

/**
 * The same picture with other channels or bits: grey becomes RGB, opaque alpha is added, 8 bits become 16 (times 257: 65,535 = 257 x 255),
 * 16 the nearest 8. Alpha and colour are dropped if `channels` has no room for them.
 */
export function convertRaster(raster: Raster, channels: SampleCount, bitDepth: 8 | 16): Raster {
  if (raster.channels === channels && raster.bitDepth === bitDepth) return raster;
  const pixels = raster.width * raster.height;
  const data = bitDepth === 16 ? new Uint16Array(pixels * channels) : new Uint8Array(pixels * channels);
  const scale = bitDepth === raster.bitDepth ? 1 : bitDepth === 16 ? 257 : 1 / 257;
  const colours = colourCount(channels);
  const last = colourCount(raster.channels) - 1;
  const withAlpha = hasAlpha(raster.channels);
  const opaque = bitDepth === 16 ? 65_535 : 255;
  for (let i = 0, read = 0, write = 0; i < pixels; i++, read += raster.channels) {
    for (let c = 0; c < colours; c++)
      data[write++] = Math.round(raster.data[read + Math.min(c, last)]! * scale);
    if (hasAlpha(channels))
      data[write++] = withAlpha ? Math.round(raster.data[read + raster.channels - 1]! * scale) : opaque;
  }
  return { ...raster, channels, bitDepth, data };
}
