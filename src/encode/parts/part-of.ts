import type { Raster } from '../../core/raster.js';
import { partsOf } from '../../format/ranges.js';
import { WHOLE } from '../../planes/factor.js';

/**
 * Pictures of more pixels come in parts of 2^10 pixels a side, or more where a part would have fewer bits than this: what each learns anew
 * costs about 2,000 bits.
 */
const LARGE = 2 ** 21;
const SIDE = 10;
const LEAST = 400_000;

/** Is a picture large enough to be worked on part by part? */
export const isLarge = ({ width, height }: Pick<Raster, 'width' | 'height'>): boolean =>
  width * height > LARGE;

/**
 * Binary logarithm of the blocks a side of the parts of a picture that takes this many bits. `size`, in pixels, overrides it; 0 means one
 * part.
 */
export function partOf(raster: Raster, bits: number, size?: number): number {
  if (size !== undefined) return size ? Math.log2(size / 8) : WHOLE;
  if (!isLarge(raster)) return WHOLE;
  const count = (part: number): number => partsOf({ ...raster, part }).channels.count;
  let part = SIDE - 3;
  while (count(part) > 1 && bits < LEAST * count(part)) part++;
  return count(part) > 1 ? part : WHOLE;
}
