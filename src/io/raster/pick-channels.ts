import { colourCount, hasAlpha, type Raster, type SampleCount } from '../../core/raster.js';

/**
 * Samples of `channels` a pixel out of `from` a pixel: grey is the first (where there are three colours the caller knows that they are equal),
 * alpha the second of two and else the fourth; what is beyond is left out. In the same memory: `data` is overwritten, what comes back is its beginning.
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
