import { stepOf } from '../format/step.js';
import type { Analysis } from './analyse.js';
import type { CodeOptions } from './code-at-step.js';
import { costAtStep } from './cost-at-step.js';
import { designPredictors } from './design-predictors.js';
import { repetition } from './repetition.js';

/** The fit is only made where the first channel repeats itself so much: see `repetition`. */
const PROMISE = 0.04;

/**
 * The picture's own prediction of the planes for a file at the quantiser step `code`, where the real coder needs less for squared error + lambda
 * bits with it than without it.
 */
export function choosePredictors(analysis: Analysis, code: number, options: CodeOptions): Analysis {
  const step = stepOf(code);
  if (repetition(analysis.channels[0]!, analysis.grid, step) < PROMISE) return analysis;
  const predictors = designPredictors(analysis, step, options.rank);
  const bases = analysis.bases.map((basis, c) =>
    predictors[c]!.length ? { ...(basis ?? NONE), predictors: predictors[c]! } : basis,
  );
  const candidate = { ...analysis, bases };
  return costAtStep(candidate, code, options) < costAtStep(analysis, code, options) ? candidate : analysis;
}

const NONE = { precision: 0, rotations: [] };
