import type { ColourBasis } from '../colour/basis.js';
import { MIDPOINT } from '../colour/channels.js';
import type { Plane } from '../core/plane.js';
import { colourCount, hasAlpha, peakOf, type Raster } from '../core/raster.js';
import type { Mse } from '../metrics/mse.js';
import { CELL } from '../tiles/cells.js';
import { placeOf, sampleOf, type Tiles } from '../tiles/model.js';

/**
 * Mean squared errors of a picture decoded as far as its channels, and its exact cells where they are there: `mse` of what `fromChannels` and
 * `paintTiles` make, in one pass that makes no raster.
 */
export function errorsOf(
  raster: Raster,
  planes: Plane[],
  basis: ColourBasis,
  tiles?: Tiles,
): Pick<Mse, 'colour' | 'alpha'> {
  const { width, height, channels } = raster;
  const pixels = width * height;
  const colours = colourCount(channels);
  const sum =
    colours === 3 ? mixedErrors(raster, planes, basis, tiles) : plainErrors(raster, planes, 0, tiles);
  const colour = sum / (pixels * colours);
  return hasAlpha(channels)
    ? { colour, alpha: plainErrors(raster, planes, channels - 1, tiles) / pixels }
    : { colour };
}

/** Sum of the squared errors of red, green and blue. */
function mixedErrors(
  { width, height, channels, bitDepth, data }: Raster,
  planes: Plane[],
  basis: ColourBasis,
  tiles?: Tiles,
): number {
  const peak = peakOf(bitDepth);
  const scale = peak / 255;
  const half = MIDPOINT * scale + 0.5;
  const [r0, g0, b0, r1, g1, b1, r2, g2, b2] = Array.from(basis, t => t * scale) as Nine;
  const [c0, c1, c2] = planes.map(plane => plane.data) as [Float32Array, Float32Array, Float32Array];
  let sum = 0;
  // Where there are no exact cells a row is one run.
  const run = tiles ? CELL : width;
  for (let y = 0, i = 0; y < height; y++)
    for (let from = 0, p = y * planes[0]!.width; from < width; from += run) {
      const to = Math.min(width, from + run);
      if (tiles && isExact(tiles, from, y)) {
        for (let k = 0; k < 3; k++) sum += exactErrors(data, channels, tiles, i, from, to, y, k);
        i += (to - from) * channels;
        p += to - from;
        continue;
      }
      for (let x = from; x < to; x++, p++, i += channels) {
        const u = c0[p]!;
        const v = c1[p]!;
        const w = c2[p]!;
        const r = r0 * u + r1 * v + r2 * w + half;
        const g = g0 * u + g1 * v + g2 * w + half;
        const b = b0 * u + b1 * v + b2 * w + half;
        const dr = data[i]! - (r < 0 ? 0 : r < peak ? r | 0 : peak);
        const dg = data[i + 1]! - (g < 0 ? 0 : g < peak ? g | 0 : peak);
        const db = data[i + 2]! - (b < 0 ? 0 : b < peak ? b | 0 : peak);
        sum += dr * dr + dg * dg + db * db;
      }
    }
  return sum;
}

/** Sum of the squared errors of sample k, grey or alpha, that is a channel by itself. */
function plainErrors(
  { width, height, channels, bitDepth, data }: Raster,
  planes: Plane[],
  k: number,
  tiles?: Tiles,
): number {
  const peak = peakOf(bitDepth);
  const scale = peak / 255;
  const half = MIDPOINT * scale + 0.5;
  const { data: channel, width: stride } = planes[k]!;
  let sum = 0;
  for (let y = 0; y < height; y++)
    for (let from = 0; from < width; from += CELL) {
      const to = Math.min(width, from + CELL);
      if (tiles && isExact(tiles, from, y)) {
        sum += exactErrors(data, channels, tiles, (y * width + from) * channels, from, to, y, k);
        continue;
      }
      for (let x = from; x < to; x++) {
        const v = scale * channel[y * stride + x]! + half;
        const d = data[(y * width + x) * channels + k]! - (v < 0 ? 0 : v < peak ? v | 0 : peak);
        sum += d * d;
      }
    }
  return sum;
}

const isExact = ({ cells }: Tiles, x: number, y: number): boolean =>
  cells.exact[Math.floor(y / CELL) * cells.cols + x / CELL] === 1;

/** Sum of the squared errors of sample k of the pixels from <= x < to of row y, in an exact cell. */
function exactErrors(
  data: Raster['data'],
  channels: number,
  { colours, stride }: Tiles,
  i: number,
  from: number,
  to: number,
  y: number,
  k: number,
): number {
  let sum = 0;
  for (let x = from; x < to; x++, i += channels)
    sum += (data[i + k]! - sampleOf(colours[placeOf(x, y, stride)]!, k, channels)) ** 2;
  return sum;
}

type Nine = [number, number, number, number, number, number, number, number, number];
