import { CodecError } from '../core/errors.js';
import { checkPixels } from '../core/limits.js';
import { checkRaster, type Raster } from '../core/raster.js';
import { stepCode } from '../format/step.js';
import { analysePicture } from './analyse.js';
import { codeAtStep } from './code-at-step.js';
import { checkEncodeOptions, type EncodeOptions } from './options.js';
import { searchStep, stepOfQuality } from '../rates/target.js';

/**
 * Encodes a raster as an .lrk file. Throws CodecError: RASTER, OPTION, LIMIT, ABORTED, and TARGET where the picture cannot meet the
 * target at all.
 */
export function encode(raster: Raster, options: EncodeOptions = {}): Uint8Array {
  checkEncodeOptions(options);
  checkRaster(raster);
  checkPixels(raster.width, raster.height, options.maxPixels);
  const { psnr, size, bpp, quality = 75, effort = 5, signal, onProgress } = options;
  const analysis = analysePicture(raster);
  const rank = Math.min(options.rank ?? 64, 64);
  const passes = effort < 3 ? 1 : effort < 7 ? 3 : 5;
  let coded = 0;
  const code = (step: number) => {
    if (signal?.aborted) throw new CodecError('ABORTED', { field: 'signal', got: signal.reason });
    onProgress?.(1 - 0.7 ** coded++);
    return codeAtStep(analysis, step, { rank, passes, metadata: options.metadata ?? {} });
  };
  const bytes = size ?? (bpp === undefined ? undefined : Math.floor((bpp * raster.width * raster.height) / 8));
  const found =
    psnr !== undefined || bytes !== undefined
      ? searchStep(code, psnr !== undefined ? { psnr } : { bytes: bytes! })
      : code(stepCode(stepOfQuality(quality)));
  onProgress?.(1);
  return found.bytes;
}
