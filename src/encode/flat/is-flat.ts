import type { Raster } from '../../core/raster.js';

/** Pictures of fewer pixels are coded like all others: there is no time to save. */
const LEAST = 2 ** 16;

/** Is this a picture, and not a small one, with one colour everywhere? */
export function isFlat({ width, height, channels, data }: Raster): boolean {
  if (width * height < LEAST) return false;
  for (let i = channels; i < data.length; i++) if (data[i] !== data[i - channels]) return false;
  return true;
}
