import { across as plainAcross } from './lapping.js';
import { transform as plainTransform } from './transform.js';

/** What others may put their own in place of, to the same bits; apart from `kernels.ts`, which a decoder has. */
export interface AnalysisKernels {
  across: typeof plainAcross;
  transform: typeof plainTransform;
}

export let across = plainAcross;
export let transform = plainTransform;

/** From now on these are used. Without any, those of before. */
export function useAnalysisKernels(others?: AnalysisKernels): void {
  across = others?.across ?? plainAcross;
  transform = others?.transform ?? plainTransform;
}
