import { colourCount, hasAlpha, type Raster } from '../core/raster.js';

/**
 * Squared error of a picture stretched to the size of another (bilinear, edges repeated), as browsers paint a small picture over a large
 * place. Colours count by the other's alpha. Both have 8 bits a sample and the same channels.
 */
export function stretchedError(small: Raster, reference: Raster): number {
  const { width, height, channels, data } = reference;
  const row = widened(small, width);
  const colours = colourCount(channels);
  let sum = 0;
  for (const [y, { low, high, share }] of positions(small.height, height).entries()) {
    const above = row(low);
    const below = row(high);
    for (let i = 0, at = y * width * channels; i < width * channels; at += channels)
      for (let c = 0; c < channels; c++, i++) {
        const weight = c < colours && hasAlpha(channels) ? data[at + colours]! / 255 : 1;
        const difference = above[i]! * (1 - share) + below[i]! * share - data[at + c]!;
        sum += difference * difference * weight;
      }
  }
  return sum;
}

/** For each of `to` places, the two of `from` samples around it, and how near the second is. */
const positions = (from: number, to: number): { low: number; high: number; share: number }[] =>
  Array.from({ length: to }, (_, i) => {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const low = Math.floor(at);
    return { low, high: Math.min(from - 1, low + 1), share: at - low };
  });

/** The rows of a picture stretched to a width, each computed once. */
function widened({ width: from, channels, data }: Raster, width: number): (y: number) => Float64Array {
  const xs = positions(from, width);
  const rows: Float64Array[] = [];
  const make = (y: number): Float64Array => {
    const out = new Float64Array(width * channels);
    const start = y * from * channels;
    for (let x = 0, i = 0; x < width; x++) {
      const { low, high, share } = xs[x]!;
      for (let c = 0; c < channels; c++, i++)
        out[i] = data[start + low * channels + c]! * (1 - share) + data[start + high * channels + c]! * share;
    }
    return out;
  };
  return y => (rows[y] ??= make(y));
}
