import { hasAlpha, type Raster } from '../core/raster.js';

/**
 * Squared error of a picture stretched to the size of another (bilinear, edges held), as browsers paint a small picture over a large place; colours
 * count by the other's alpha. Both with 8 bits a sample and as many channels.
 */
export function stretchedError(small: Raster, reference: Raster): number {
  const { width, height, channels, data } = reference;
  const xs = positions(small.width, width);
  const ys = positions(small.height, height);
  const colours = hasAlpha(channels) ? channels - 1 : channels;
  let sum = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const { low: top, high: bottom, share: down } = ys[y]!;
    for (let x = 0; x < width; x++, i += channels) {
      const { low: left, high: right, share: across } = xs[x]!;
      const weight = hasAlpha(channels) ? data[i + colours]! / 255 : 1;
      for (let c = 0; c < channels; c++) {
        const at = (row: number, column: number): number =>
          small.data[(row * small.width + column) * channels + c]!;
        const above = at(top, left) * (1 - across) + at(top, right) * across;
        const below = at(bottom, left) * (1 - across) + at(bottom, right) * across;
        const difference = above * (1 - down) + below * down - data[i + c]!;
        sum += difference * difference * (c < colours ? weight : 1);
      }
    }
  }
  return sum;
}

/** For each of `to` places the two of `from` samples around it, and how near the second is. */
const positions = (from: number, to: number): { low: number; high: number; share: number }[] =>
  Array.from({ length: to }, (_, i) => {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const low = Math.floor(at);
    return { low, high: Math.min(from - 1, low + 1), share: at - low };
  });
