import type { Analysis } from '../analyse.js';
import { costAtStep } from './cost-at-step.js';
import { designPredictors } from './design-predictors.js';
import type { SearchOptions } from './search-options.js';

/**
 * Adds the picture's own predictors of the planes, for a file at the quantiser step `code`, if a real coding with them has less squared
 * error + lambda bits.
 */
export function choosePredictors(analysis: Analysis, code: number, options: SearchOptions): Analysis {
  const predictors = designPredictors(analysis, code, options.rank, options.tell);
  const bases = analysis.bases.map((basis, c) =>
    predictors[c]!.length ? { ...(basis ?? NONE), predictors: predictors[c]! } : basis,
  );
  const candidate = { ...analysis, bases };
  return costAtStep(candidate, code, options) < costAtStep(analysis, code, options) ? candidate : analysis;
}

const NONE = { precision: 0, rotations: [] };
