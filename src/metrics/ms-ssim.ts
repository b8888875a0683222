import { peakOf, type Raster } from '../core/raster.js';
import { checkPair } from './check-pair.js';
import { type Luma, luma } from './luma.js';
import { similarity, WINDOW } from './similarity.js';

/** Exponents from the finest scale to the coarsest (table in section 3.2 of the paper). */
const EXPONENTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

/**
 * MS-SSIM of the BT.601 luma of two rasters, 0 to 1, 1 where they are equal: Wang, Simoncelli and Bovik,
 * Multi-scale structural similarity for image quality assessment (Asilomar 2003). Five scales, each half
 * the one before (means of 2 x 2, an odd last row or column left out), windows as in `ssim`; a negative
 * mean counts as 0. Undefined where a side is under 176 pixels, for then the coarsest scale has no room for
 * the window. Alpha is left out. Throws RASTER unless the rasters agree in all but their samples.
 */
export function msSsim(a: Raster, b: Raster): number | undefined {
  checkPair(a, b);
  const coarsest = EXPONENTS.length - 1;
  if (Math.min(a.width, a.height) >> coarsest < WINDOW) return undefined;
  let left = luma(a);
  let right = luma(b);
  let product = 1;
  for (const [scale, exponent] of EXPONENTS.entries()) {
    if (scale > 0) {
      left = half(left);
      right = half(right);
    }
    const { full, contrast } = similarity(left, right, peakOf(a.bitDepth));
    product *= Math.max(0, scale === coarsest ? full : contrast) ** exponent;
  }
  return product;
}

function half({ width: before, height: above, data }: Luma): Luma {
  const width = before >> 1;
  const height = above >> 1;
  const out = new Float64Array(width * height);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0, p = 2 * y * before; x < width; x++, p += 2)
      out[to++] = (data[p]! + data[p + 1]! + data[p + before]! + data[p + before + 1]!) / 4;
  return { width, height, data: out };
}
