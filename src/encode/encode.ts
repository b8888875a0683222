import { CodecError } from '../core/errors.js';
import { checkPixels } from '../core/limits.js';
import { checkRaster, colourCount, type Raster } from '../core/raster.js';
import { letGo } from '../core/spare.js';
import { STEP_BITS, stepCode, stepOf } from '../planes/step.js';
import type { Weights } from '../planes/weights.js';
import { forecastOf, GATHERED, gather } from '../rates/magnitudes.js';
import {
  type Coded,
  guessStep,
  type Quick,
  searchStep,
  stepOfLooks,
  stepOfQuality,
  type Target,
} from '../rates/target.js';
import { analysePicture } from './analyse.js';
import { chooseBases } from './bases/choose-basis.js';
import type { SearchOptions } from './bases/search-options.js';
import { type CodeOptions, codeAtStep } from './code-at-step.js';
import { analyseChannels, codeColumns } from './columns/code-columns.js';
import { flatCoder } from './flat/flat-coder.js';
import { isFlat } from './flat/is-flat.js';
import { largestOf } from './largest-of.js';
import { LARGEST_LEVEL } from './levels/quantise.js';
import { checkEncodeOptions, type EncodeOptions } from './options.js';
import { analyseInParts } from './parts/analyse-in-parts.js';
import { codeInParts } from './parts/code-in-parts.js';
import { isLarge } from './parts/part-of.js';
import { visualWeights } from './visual.js';
import { LAYER_WORK, USUAL_LAYERS, type Work } from './work.js';

/** Encodes a raster as an .lrk file. Throws CodecError: RASTER, OPTION, LIMIT, ABORTED, or TARGET if the picture cannot meet the target. */
export function encode(raster: Raster, options: EncodeOptions = {}): Uint8Array {
  checkEncodeOptions(options);
  checkRaster(raster);
  checkPixels(raster, options.maxPixels);
  const { psnr, size, bpp, quality = 75, signal, onProgress } = options;
  onProgress?.(0);
  const bytes =
    size ?? (bpp === undefined ? undefined : Math.floor((bpp * raster.width * raster.height) / 8));
  const target = psnr !== undefined ? { psnr } : bytes !== undefined ? { bytes, bpp } : undefined;
  const ofQuality = isVisual(options) ? stepOfLooks : stepOfQuality;
  const start = stepCode(target ? guessStep(target) : ofQuality(quality));
  let reported = 0;
  /** A coding that is repeated at another price works for longer than one: what is reported never falls. */
  const report = (share: number): void => {
    if (signal?.aborted) throw new CodecError('ABORTED', { field: 'signal', got: signal.reason });
    reported = Math.max(reported, share);
    onProgress?.(reported);
  };
  let analysed = ANALYSED;
  const {
    codeStep,
    quick,
    finest,
    codeLast = codeStep,
  } = (options.layout === 'channel' ? channelCoder : blockCoder)(raster, options, start, target, searched => {
    analysed = ANALYSED + SEARCHED * searched;
    report(analysed);
  });
  let coded = 0;
  /** Reports how much of one coding is done. With a target the number of codings is unknown: each is taken for 30 % of what is left. */
  const tell = (done: number): void =>
    report(analysed + (1 - analysed) * (target ? 1 - 0.7 ** (coded + done) : done));
  const coding =
    (by: typeof codeStep) =>
    (step: number, price = 1): Coded => {
      tell(0);
      const made = by(step, price, tell);
      coded++;
      return made;
    };
  const code = coding(codeStep);
  const told = quick && {
    ...quick,
    code(step: number): Coded {
      tell(0);
      return quick.code(step);
    },
  };
  try {
    const first = start < ALWAYS_FIT ? Math.max(start, finest()) : start;
    const found = target ? searchStep(code, target, finest(), told, coding(codeLast)) : code(first);
    onProgress?.(1);
    return found.bytes;
  } finally {
    letGo();
  }
}

/** Share of the work that analysing the picture takes, and that of a search for bases and predictors. */
const ANALYSED = 0.05;
const SEARCHED = 0.6;

type CodeStep = (step: number, price: number, tell: (done: number) => void) => Coded;

/**
 * Analyses a picture for a layout. What it returns codes the picture at the quantiser step of a code, `finest` or above. `start` is the
 * first code that will be asked for. `finest` looks at all coefficients. `codeLast` does what `codeStep` does, but what it makes does not
 * depend on the steps before. `tell` is called with the share of a search for bases and predictors that is done.
 */
type Coder = (
  raster: Raster,
  options: EncodeOptions,
  start: number,
  target: Target | undefined,
  tell: (searched: number) => void,
) => {
  codeStep: CodeStep;
  codeLast?: CodeStep;
  quick?: Quick | undefined;
  finest: () => number;
};

/** Is the file tuned for the eye? Layout `channel` has one step for everything. */
const isVisual = ({ layout, psnr, tune = psnr === undefined ? 'visual' : 'psnr' }: EncodeOptions): boolean =>
  layout !== 'channel' && tune === 'visual';

/**
 * Passes of each effort from 1 on. Even numbers are best: every other pass updates the externalities, and the last one should. Effort 1
 * also looks for no runs, bases or predictors.
 */
const PASSES = [1, 1, 2, 3, 4, 6, 8, 8, 16];
/** From this effort on, bases and predictors are also tried where a picture hardly repeats itself. */
const TRY_BASES = 8;
/** Without weights, one more pass gains what it costs at the default effort. */
const passesOf = (effort: number, weights: Weights | undefined): number =>
  PASSES[effort - 1]! + (effort === 5 && !weights ? 1 : 0);

/**
 * The eye's weights by the code of the quantiser step. With a target, those of the first step tried, so that files change little from step
 * to step.
 */
function weightsByStep(target: Target | undefined): (code: number) => Weights {
  let first: Weights | undefined;
  return code => {
    if (!target) return visualWeights(code);
    first ??= visualWeights(code);
    return first;
  };
}

/** Options for coding a file only to learn its size and error. */
const SKETCH = { passes: 1, runs: false, again: false, sketch: true } as const;

const blockCoder: Coder = (raster, options, start, target, tell) => {
  const { rank = 64, effort = 5, basis = 'auto', order, metadata = {}, partSize } = options;
  const weightsAt = isVisual(options) ? weightsByStep(target) : () => undefined;
  const weights = isVisual(options) ? visualWeights(start) : undefined;
  const passes = passesOf(effort, weights);
  const again = target !== undefined;
  const settings = {
    ...{ rank: Math.min(rank, 64), passes, order, metadata, partSize, again },
    ...{ runs: effort > 1, everywhere: effort >= TRY_BASES },
  };
  if (basis !== 'svd' && isFlat(raster)) {
    const { piece, code } = flatCoder(raster, { tiles: basis === 'auto', weights });
    const largest = (): number => largestOf([...piece.channels, ...piece.thumbs]);
    return {
      codeStep: (step, price) => code(step, { ...settings, price }),
      finest: () => finestStep(largest(), weights),
    };
  }
  const { code, largest, sizes } =
    (isLarge(raster) && inParts(raster, start, weights, basis, settings)) ||
    asAWhole(raster, start, weights, basis, { ...settings, tell });
  const codeWith =
    (weightsOf: (step: number) => Weights | undefined): CodeStep =>
    (step, price, tell) => {
      let done = 0;
      const total = settings.passes + LAYER_WORK * USUAL_LAYERS;
      const work: Work = passes => tell(Math.min(0.99, (done += passes) / total));
      return code(step, weightsOf(step), { ...settings, price }, work);
    };
  return {
    codeStep: codeWith(weightsAt),
    ...(weights && { codeLast: codeWith(visualWeights) }),
    quick:
      target && passes > 2
        ? {
            ...forecastOf(sizes(), raster.width * raster.height * colourCount(raster.channels)),
            code: step => code(step, weightsAt(step), { ...settings, ...SKETCH }),
          }
        : undefined,
    finest: () => finestStep(largest(), weights),
  };
};

const channelCoder: Coder = (raster, { rank = Infinity, effort = 5, metadata = {} }, _start, target) => {
  const analysis = analyseChannels(raster, rank);
  return {
    codeStep: step => codeColumns(analysis, step, { sharpen: effort < 7 ? 0 : 1, metadata, target }),
    finest: () => 0,
  };
};

/** An analysed picture, ready to be coded. */
interface Analysed {
  code: (step: number, weights: Weights | undefined, options: CodeOptions, work?: Work) => Coded;
  /** The largest coefficient, either sign. */
  largest: () => number;
  /** The sums that `gather` makes of all coefficients; only for a target. */
  sizes: () => Float64Array;
}

/** A large picture, analysed in parts; undefined where it has to be coded as a whole. */
function inParts(
  raster: Raster,
  start: number,
  weights: Weights | undefined,
  basis: 'auto' | 'svd' | 'dct',
  { rank, runs, again }: CodeOptions,
): Analysed | undefined {
  if (basis === 'svd') return undefined;
  const tiles = basis === 'auto';
  const analysis = analyseInParts(raster, stepOf(start), rank, {
    tiles,
    bases: tiles && runs === true,
    weights,
    sizes: again === true,
  });
  return (
    analysis && {
      code: (step, weights, options, work) =>
        codeInParts({ ...analysis, picture: { ...analysis.picture, weights } }, step, options, work),
      largest: () => analysis.largest,
      sizes: () => analysis.sizes!,
    }
  );
}

function asAWhole(
  raster: Raster,
  start: number,
  weights: Weights | undefined,
  basis: 'auto' | 'svd' | 'dct',
  settings: SearchOptions,
): Analysed {
  const tiles = basis === 'auto';
  const chosen = tiles && !settings.runs ? 'dct' : basis;
  const analysis = chooseBases(analysePicture(raster, { tiles, weights }), chosen, start, settings);
  return {
    code: (step, weights, options, work) =>
      codeAtStep({ ...analysis, weights, ...(work && { work }) }, step, options),
    largest: () => largestOf([...analysis.channels, ...analysis.thumbs]),
    sizes() {
      const sums = new Float64Array(GATHERED);
      gather(analysis.channels, weights, sums);
      return sums;
    },
  };
}

/** The code from which on all levels fit, whatever the picture: step 1. No coefficient exceeds 25,000, a value of plane 0's level. */
const ALWAYS_FIT = stepCode(1);

/** The code of the finest step at which every level, with this largest coefficient, still fits into the planes. */
const finestStep = (largest: number, weights: Weights | undefined): number =>
  // Weights make steps up to an octave and a half finer than D.
  Math.min(2 ** STEP_BITS - 1, stepCode((largest * (weights ? 4 : 1)) / LARGEST_LEVEL) + 1);
