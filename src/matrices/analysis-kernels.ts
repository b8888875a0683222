import { lappedDifference as plainLappedDifference } from './lapped-difference.js';
import { lappedTransform as plainLappedTransform } from './lapped-transform.js';
import { synthesiseAll as plainSynthesiseAll } from './synthesise-all.js';

/** What others may put their own in place of, to the same bits; apart from `kernels.ts`, which a decoder has. */
export interface AnalysisKernels {
  lappedTransform: typeof plainLappedTransform;
  lappedDifference: typeof plainLappedDifference;
  synthesiseAll: typeof plainSynthesiseAll;
}

export let lappedTransform = plainLappedTransform;
export let lappedDifference = plainLappedDifference;
export let synthesiseAll = plainSynthesiseAll;

/** From now on these are used. Without any, those of before. */
export function useAnalysisKernels(others?: AnalysisKernels): void {
  lappedTransform = others?.lappedTransform ?? plainLappedTransform;
  lappedDifference = others?.lappedDifference ?? plainLappedDifference;
  synthesiseAll = others?.synthesiseAll ?? plainSynthesiseAll;
}
