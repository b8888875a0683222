import { CodecError } from '../core/errors.js';
import { checkPixels } from '../core/limits.js';
import { checkRaster, type Raster } from '../core/raster.js';
import { stepCode } from '../format/step.js';
import { analysePicture } from './analyse.js';
import { chooseBases } from './choose-basis.js';
import { codeAtStep } from './code-at-step.js';
import { checkEncodeOptions, type EncodeOptions } from './options.js';
import { guessStep, searchStep, stepOfQuality } from '../rates/target.js';

/**
 * Encodes a raster as an .lrk file. Throws CodecError: RASTER, OPTION, LIMIT, ABORTED, and TARGET where the picture cannot meet the
 * target at all.
 */
export function encode(raster: Raster, options: EncodeOptions = {}): Uint8Array {
  checkEncodeOptions(options);
  checkRaster(raster);
  checkPixels(raster.width, raster.height, options.maxPixels);
  const { psnr, size, bpp, quality = 75, effort = 5, signal, onProgress } = options;
  const bytes = size ?? (bpp === undefined ? undefined : Math.floor((bpp * raster.width * raster.height) / 8));
  const target = psnr !== undefined ? { psnr } : bytes !== undefined ? { bytes } : undefined;
  const start = stepCode(target ? guessStep(target) : stepOfQuality(quality));
  const rank = Math.min(options.rank ?? 64, 64);
  const passes = effort < 3 ? 1 : effort < 7 ? 3 : 5;
  const settings = { rank, passes, metadata: options.metadata ?? {} };
  const analysis = chooseBases(analysePicture(raster), options.basis ?? 'auto', start, settings);
  let coded = 0;
  const code = (step: number) => {
    if (signal?.aborted) throw new CodecError('ABORTED', { field: 'signal', got: signal.reason });
    onProgress?.(1 - 0.7 ** coded++);
    return codeAtStep(analysis, step, settings);
  };
  const found = target ? searchStep(code, target) : code(start);
  onProgress?.(1);
  return found.bytes;
}
