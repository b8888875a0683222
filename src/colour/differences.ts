import type { Raster } from '../core/raster.js';

/**
 * Distance in pixels of the differences whose covariance is factored: far enough for noise not to dominate, near enough for brightness not
 * to.
 */
export const LAG = 2;

/**
 * Sums over a colour picture of products of red, green and blue, rr, rg, rb, gg, gb, bb, of all differences between a pixel and the one two
 * to its left, and two above.
 */
export function sumsOfDifferences({ width, height, channels, data }: Raster): Float64Array {
  const sums = new Float64Array(6);
  const stride = width * channels;
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    addDifferences(sums, data, row + LAG * channels, row + stride, LAG * channels, channels);
    if (y >= LAG) addDifferences(sums, data, row, row + stride, LAG * stride, channels);
  }
  return sums;
}

/** Adds the products for the pixels from sample `from` up to `end`, each with the pixel `hop` samples before it. */
function addDifferences(
  sums: Float64Array,
  data: Raster['data'],
  from: number,
  end: number,
  hop: number,
  channels: number,
): void {
  let [rr, rg, rb, gg, gb, bb] = [0, 0, 0, 0, 0, 0];
  for (let i = from; i < end; i += channels) {
    const r = data[i]! - data[i - hop]!;
    const g = data[i + 1]! - data[i - hop + 1]!;
    const b = data[i + 2]! - data[i - hop + 2]!;
    rr += r * r;
    rg += r * g;
    rb += r * b;
    gg += g * g;
    gb += g * b;
    bb += b * b;
  }
  for (const [n, sum] of [rr, rg, rb, gg, gb, bb].entries()) sums[n]! += sum;
}
