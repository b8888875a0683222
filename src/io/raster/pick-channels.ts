import { colourCount, hasAlpha, type Raster, type SampleCount } from '../../core/raster.js';

/**
 * Reduces samples from `from` a pixel to `channels` a pixel. Grey is the first (the caller must know that three colours are equal), alpha
 * the second of two and else the fourth; the rest is dropped. Works in place: `data` is overwritten, and the result is its beginning.
 */
export function pickChannels<T extends Raster['data']>(data: T, from: number, channels: SampleCount): T {
  if (from === channels) return data;
  const pixels = data.length / from;
  const colours = colourCount(channels);
  const alpha = hasAlpha(channels) ? (from === 2 ? 1 : 3) : -1;
  for (let i = 0, read = 0, write = 0; i < pixels; i++, read += from) {
    for (let c = 0; c < colours; c++) data[write++] = data[read + c]!;
    if (alpha >= 0) data[write++] = data[read + alpha]!;
  }
  return data.subarray(0, pixels * channels) as T;
}
