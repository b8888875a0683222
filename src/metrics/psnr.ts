import { peakOf, type Raster } from '../core/raster.js';
import { mse } from './mse.js';

/** 10 log10(peak^2 / MSE) in dB; Infinity where the error is zero. `peak` is 255 or 65,535. */
export const psnrOf = (meanSquaredError: number, peak: number): number =>
  10 * Math.log10((peak * peak) / meanSquaredError);

/** Peak signal-to-noise ratios in dB. */
export interface Psnr {
  /** Over all colour (or grey) samples; Infinity where they are equal. */
  psnr: number;
  /** Over the alpha samples, where there are any. */
  psnrAlpha?: number;
}

/** PSNR between two rasters that agree in all but their samples; throws RASTER where they do not. */
export function psnr(a: Raster, b: Raster): Psnr {
  const { colour, alpha } = mse(a, b);
  const peak = peakOf(a.bitDepth);
  const result: Psnr = { psnr: psnrOf(colour, peak) };
  if (alpha !== undefined) result.psnrAlpha = psnrOf(alpha, peak);
  return result;
}
