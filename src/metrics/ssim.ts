import { peakOf, type Raster } from '../core/raster.js';
import { checkPair } from './check-pair.js';
import { luma } from './luma.js';
import { similarity, WINDOW } from './similarity.js';

/**
 * SSIM of the BT.601 luma of two rasters, -1 to 1, 1 where they are equal: Gaussian window of 11 x 11,
 * sigma 1.5, K1 = 0.01, K2 = 0.03, windows wholly inside the picture, no downsampling. Undefined where a
 * side is under 11 pixels. Alpha is left out. Throws RASTER unless the rasters agree in all but their
 * samples.
 */
export function ssim(a: Raster, b: Raster): number | undefined {
  checkPair(a, b);
  if (Math.min(a.width, a.height) < WINDOW) return undefined;
  return similarity(luma(a), luma(b), peakOf(a.bitDepth)).full;
}
