import { CodecError } from '../core/errors.js';
import { checkRaster, type Raster } from '../core/raster.js';

/** Throws RASTER unless both rasters are valid and agree in width, height, channels and bit depth. */
export function checkPair(a: Raster, b: Raster): void {
  checkRaster(a);
  checkRaster(b);
  for (const field of ['width', 'height', 'channels', 'bitDepth'] as const)
    if (a[field] !== b[field])
      throw new CodecError('RASTER', {
        field,
        got: `${a[field]} and ${b[field]}`,
        expected: 'equal rasters but for the samples',
      });
}
