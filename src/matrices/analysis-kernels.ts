import { lappedDifference as plainLappedDifference } from './lapped-difference.js';
import { lappedTransform as plainLappedTransform } from './lapped-transform.js';
import { synthesiseAll as plainSynthesiseAll } from './synthesise-all.js';

/** Functions that kernels may replace, with the same results to the bit. Separate from `kernels.ts`, which a decoder loads. */
export interface AnalysisKernels {
  lappedTransform: typeof plainLappedTransform;
  lappedDifference: typeof plainLappedDifference;
  synthesiseAll: typeof plainSynthesiseAll;
}

export let lappedTransform = plainLappedTransform;
export let lappedDifference = plainLappedDifference;
export let synthesiseAll = plainSynthesiseAll;

/** Uses these from now on; without any, the JavaScript. */
export function useAnalysisKernels(others?: AnalysisKernels): void {
  lappedTransform = others?.lappedTransform ?? plainLappedTransform;
  lappedDifference = others?.lappedDifference ?? plainLappedDifference;
  synthesiseAll = others?.synthesiseAll ?? plainSynthesiseAll;
}
