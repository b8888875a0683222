import { toChannels as plainToChannels } from './channels.js';
import { sumsOfDifferences as plainSums } from './differences.js';

/** What others may put their own in place of, to the same bits; apart from `kernels.ts`, which a decoder has. */
export interface ColourKernels {
  toChannels: typeof plainToChannels;
  sumsOfDifferences: typeof plainSums;
}

export let toChannels = plainToChannels;
export let sumsOfDifferences = plainSums;

/** From now on these are used. Without any, those of before. */
export function useColourKernels(others?: ColourKernels): void {
  toChannels = others?.toChannels ?? plainToChannels;
  sumsOfDifferences = others?.sumsOfDifferences ?? plainSums;
}
