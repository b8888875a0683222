import type { Raster } from '../../core/raster.js';

/** Pictures of fewer pixels are coded as all others: there is nothing to save. */
const LEAST = 2 ** 16;

/** Is a picture, not a small one, of one colour all over? */
export function isFlat({ width, height, channels, data }: Raster): boolean {
  if (width * height < LEAST) return false;
  for (let i = channels; i < data.length; i++) if (data[i] !== data[i - channels]) return false;
  return true;
}
