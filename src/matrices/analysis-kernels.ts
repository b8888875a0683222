import { lappedTransform as plainLappedTransform } from './lapped-transform.js';
import { synthesiseAll as plainSynthesiseAll } from './synthesise-all.js';

/** What others may put their own in place of, to the same bits; apart from `kernels.ts`, which a decoder has. */
export interface AnalysisKernels {
  lappedTransform: typeof plainLappedTransform;
  synthesiseAll: typeof plainSynthesiseAll;
}

export let lappedTransform = plainLappedTransform;
export let synthesiseAll = plainSynthesiseAll;

/** From now on these are used. Without any, those of before. */
export function useAnalysisKernels(others?: AnalysisKernels): void {
  lappedTransform = others?.lappedTransform ?? plainLappedTransform;
  synthesiseAll = others?.synthesiseAll ?? plainSynthesiseAll;
}
