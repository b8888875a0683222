import { colourCount, hasAlpha, peakOf, type Raster } from '../core/raster.js';

/**
 * The pixels of `frame` where `mask` (width x height) is not 0, as grey or RGB with alpha: opaque, or as opaque as they were. All else is
 * transparent and black.
 */
export function cutOut(frame: Raster, mask: Uint8Array): Raster {
  const colours = colourCount(frame.channels);
  const { width, height, bitDepth, data, channels } = frame;
  const size = width * height * (colours + 1);
  const out = bitDepth === 16 ? new Uint16Array(size) : new Uint8Array(size);
  for (let p = 0, read = 0, write = 0; p < mask.length; p++, read += channels, write += colours + 1) {
    if (mask[p] === 0) continue;
    for (let c = 0; c < colours; c++) out[write + c] = data[read + c]!;
    out[write + colours] = hasAlpha(channels) ? data[read + colours]! : peakOf(bitDepth);
  }
  return { width, height, channels: colours === 1 ? 2 : 4, bitDepth, data: out };
}
