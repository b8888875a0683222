import { toChannels as plainToChannels } from './channels.js';
import { sumsOfDifferences as plainSums } from './differences.js';

/** Functions that kernels may replace, with the same results to the bit. Separate from `kernels.ts`, which a decoder loads. */
export interface ColourKernels {
  toChannels: typeof plainToChannels;
  sumsOfDifferences: typeof plainSums;
}

export let toChannels = plainToChannels;
export let sumsOfDifferences = plainSums;

/** Uses these from now on; without any, the JavaScript. */
export function useColourKernels(others?: ColourKernels): void {
  toChannels = others?.toChannels ?? plainToChannels;
  sumsOfDifferences = others?.sumsOfDifferences ?? plainSums;
}
