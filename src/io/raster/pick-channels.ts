import type { SampleCount } from '../../core/raster.js';

/**
 * Samples of `channels` a pixel out of samples of `from` a pixel (3: RGB, 4: RGBA): grey is taken from red
 * (the caller knows that red, green and blue are equal), alpha from the last. Same layout otherwise.
 */
export function pickChannels(
  data: ArrayLike<number>,
  from: SampleCount,
  channels: SampleCount,
  bitDepth: 8 | 16,
): Uint8Array | Uint16Array {
  const pixels = data.length / from;
  const out = bitDepth === 16 ? new Uint16Array(pixels * channels) : new Uint8Array(pixels * channels);
  const colours = channels < 3 ? 1 : 3;
  const withAlpha = channels > colours;
  for (let i = 0, read = 0, write = 0; i < pixels; i++, read += from) {
    for (let c = 0; c < colours; c++) out[write++] = data[read + c]!;
    if (withAlpha) out[write++] = data[read + from - 1]!;
  }
  return out;
}
