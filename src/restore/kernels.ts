import { applyFilter as plainApplyFilter } from './apply.js';
import { chooseFilters as plainChooseFilters } from './choose.js';
import { toSamples as plainToSamples } from './samples.js';
import { smooth as plainSmooth } from './smooth.js';

/** Functions that kernels may replace, with the same results to the bit. */
export interface RestoreKernels {
  applyFilter: typeof plainApplyFilter;
  chooseFilters: typeof plainChooseFilters;
  smooth: typeof plainSmooth;
  toSamples: typeof plainToSamples;
}

export let applyFilter = plainApplyFilter;
export let chooseFilters = plainChooseFilters;
export let smooth = plainSmooth;
export let toSamples = plainToSamples;

/** Uses these from now on; without any, the JavaScript. */
export function useRestoreKernels(others?: RestoreKernels): void {
  applyFilter = others?.applyFilter ?? plainApplyFilter;
  chooseFilters = others?.chooseFilters ?? plainChooseFilters;
  smooth = others?.smooth ?? plainSmooth;
  toSamples = others?.toSamples ?? plainToSamples;
}
