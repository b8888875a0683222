import type { Raster } from '../../core/raster.js';
import { partsOf } from '../../format/ranges.js';
import { WHOLE } from '../../planes/factor.js';

/** Pictures of more pixels come in parts of so many a side, 2^10, or of more where each would have fewer bits: what a part learns anew costs some 2,000. */
const LARGE = 2 ** 21;
const SIDE = 10;
const LEAST = 400_000;

/** Is a picture so large that it is worked on part by part? */
export const isLarge = ({ width, height }: Pick<Raster, 'width' | 'height'>): boolean =>
  width * height > LARGE;

/** Binary logarithm of the blocks a side of the parts of a picture that takes so many bits. `size`, in pixels, decides where it is given; 0 is none. */
export function partOf(raster: Raster, bits: number, size?: number): number {
  if (size !== undefined) return size ? Math.log2(size / 8) : WHOLE;
  if (!isLarge(raster)) return WHOLE;
  const count = (part: number): number => partsOf({ ...raster, part }).channels.count;
  let part = SIDE - 3;
  while (count(part) > 1 && bits < LEAST * count(part)) part++;
  return count(part) > 1 ? part : WHOLE;
}
