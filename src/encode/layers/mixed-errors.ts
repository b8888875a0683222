import type { ColourBasis } from '../../colour/basis.js';
import { MIDPOINT } from '../../colour/channels.js';
import type { Plane } from '../../core/plane.js';
import { peakOf, type Raster } from '../../core/raster.js';
import { CELL } from '../../tiles/cells.js';
import type { Tiles } from '../../tiles/model.js';
import { exactErrors, isExact } from './exact-errors.js';

/** Sum of the squared errors of red, green and blue. */
export function mixedErrors(
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
  // Without exact cells a row is one run.
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

type Nine = [number, number, number, number, number, number, number, number, number];
