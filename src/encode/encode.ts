import { CodecError } from '../core/errors.js';
import { checkPixels } from '../core/limits.js';
import { checkRaster, type Raster } from '../core/raster.js';
import { stepCode } from '../format/step.js';
import { analysePicture } from './analyse.js';
import { chooseBases } from './choose-basis.js';
import { codeAtStep } from './code-at-step.js';
import { analyseChannels, codeColumns } from './code-columns.js';
import { checkEncodeOptions, type EncodeOptions } from './options.js';
import { type Coded, guessStep, searchStep, stepOfQuality } from '../rates/target.js';

/**
 * Encodes a raster as an .lrk file. Throws CodecError: RASTER, OPTION, LIMIT, ABORTED, and TARGET where the picture cannot meet the
 * target at all.
 */
export function encode(raster: Raster, options: EncodeOptions = {}): Uint8Array {
  checkEncodeOptions(options);
  checkRaster(raster);
  checkPixels(raster.width, raster.height, options.maxPixels);
  const { psnr, size, bpp, quality = 75, signal, onProgress } = options;
  const bytes = size ?? (bpp === undefined ? undefined : Math.floor((bpp * raster.width * raster.height) / 8));
  const target = psnr !== undefined ? { psnr } : bytes !== undefined ? { bytes } : undefined;
  const start = stepCode(target ? guessStep(target) : stepOfQuality(quality));
  const codeStep = (options.layout === 'channel' ? channelCoder : blockCoder)(raster, options, start, target);
  let coded = 0;
  const code = (step: number) => {
    if (signal?.aborted) throw new CodecError('ABORTED', { field: 'signal', got: signal.reason });
    onProgress?.(1 - 0.7 ** coded++);
    return codeStep(step);
  };
  const found = target ? searchStep(code, target) : code(start);
  onProgress?.(1);
  return found.bytes;
}

type Target = { psnr: number } | { bytes: number };

/** Analyses a picture for a layout; what is returned codes it with the quantiser step of a code. `start` is the first step that will be asked for. */
type Coder = (raster: Raster, options: EncodeOptions, start: number, target?: Target) => (step: number) => Coded;

const blockCoder: Coder = (raster, { rank = 64, effort = 5, basis = 'auto', metadata = {} }, start) => {
  const settings = { rank: Math.min(rank, 64), passes: effort < 3 ? 1 : effort < 7 ? 3 : 5, metadata };
  const analysis = chooseBases(analysePicture(raster), basis, start, settings);
  return step => codeAtStep(analysis, step, settings);
};

const channelCoder: Coder = (raster, { rank = Infinity, effort = 5, metadata = {} }, _start, target) => {
  const analysis = analyseChannels(raster, rank);
  return step => codeColumns(analysis, step, { sharpen: effort < 7 ? 0 : 1, metadata, target });
};
