import { colourCount, hasAlpha, peakOf, type Raster } from '../core/raster.js';
import type { Size } from './small-size.js';

/**
 * A picture at a smaller size, 8 bits a sample: each pixel is the mean of the area that it covers, colours weighted by their alpha.
 *
 * @param width pixels, at most those of the raster; `height` likewise
 */
export function shrink(raster: Raster, { width, height }: Size): Raster {
  const { channels } = raster;
  const sums = along(
    along(weighted(raster), raster.width, width, channels, raster.height, raster.width * channels),
    raster.height,
    height,
    width * channels,
    1,
    0,
  );
  const data = new Uint8ClampedArray(width * height * channels);
  const colours = colourCount(channels);
  for (let i = 0; i < data.length; i += channels) {
    const alpha = hasAlpha(channels) ? sums[i + colours]! : 1;
    for (let c = 0; c < colours; c++) data[i + c] = alpha > 0 ? (sums[i + c]! / alpha) * 255 : 0;
    if (hasAlpha(channels)) data[i + colours] = alpha * 255;
  }
  return { width, height, channels, bitDepth: 8, data };
}

/** Samples from 0 to 1, colours multiplied by their alpha. */
function weighted({ channels, bitDepth, data }: Raster): Float32Array {
  const peak = peakOf(bitDepth);
  const out = new Float32Array(data.length);
  for (let i = 0; i < out.length; i += channels) {
    const alpha = hasAlpha(channels) ? data[i + channels - 1]! / peak : 1;
    for (let c = 0; c < channels; c++)
      out[i + c] = (data[i + c]! / peak) * (hasAlpha(channels) && c === channels - 1 ? 1 : alpha);
  }
  return out;
}

/** Means along one direction: `from` groups of `hop` samples become `to`, in each of `lines` lines that are `stride` samples apart. */
function along(
  data: Float32Array,
  from: number,
  to: number,
  hop: number,
  lines: number,
  stride: number,
): Float32Array {
  const out = new Float32Array(lines * to * hop);
  for (let line = 0; line < lines; line++)
    for (let at = 0; at < to; at++) {
      const start = (at * from) / to;
      const end = ((at + 1) * from) / to;
      const target = (line * to + at) * hop;
      for (let i = Math.floor(start); i < end; i++) {
        const share = ((Math.min(i + 1, end) - Math.max(i, start)) * to) / from;
        const source = line * stride + i * hop;
        for (let c = 0; c < hop; c++) out[target + c]! += share * data[source + c]!;
      }
    }
  return out;
}
