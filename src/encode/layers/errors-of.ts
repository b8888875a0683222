import type { ColourBasis } from '../../colour/basis.js';
import { MIDPOINT } from '../../colour/channels.js';
import type { Plane } from '../../core/plane.js';
import { colourCount, hasAlpha, peakOf, type Raster } from '../../core/raster.js';
import type { Mse } from '../../metrics/mse.js';
import { CELL } from '../../tiles/cells.js';
import type { Tiles } from '../../tiles/model.js';
import { exactErrors, isExact } from './exact-errors.js';
import { mixedErrors } from './kernels.js';

/**
 * Mean squared errors of a picture decoded as far as its channels, with its exact cells if given. The same as `mse` after `fromChannels`
 * and `paintTiles`, in one pass that makes no raster.
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

/** Sum of the squared errors of sample k, grey or alpha, which is a channel of its own. */
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
