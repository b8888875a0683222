import { markBold as plainMarkBold } from '../../planes/notes.js';
import { addPlane as plainAddPlane, addSums as plainAddSums } from './debts.js';
import { emptyDesk as plainEmptyDesk } from './desk.js';
import { inSteps as plainInSteps } from './in-steps.js';
import { optimiseChannel as plainOptimiseChannel, startChannel as plainStartChannel } from './quantise.js';

/** Functions that kernels may replace, with the same results to the bit. */
export interface LevelKernels {
  emptyDesk: typeof plainEmptyDesk;
  inSteps: typeof plainInSteps;
  startChannel: typeof plainStartChannel;
  markBold: typeof plainMarkBold;
  optimiseChannel: typeof plainOptimiseChannel;
  addPlane: typeof plainAddPlane;
  addSums: typeof plainAddSums;
}

export let emptyDesk = plainEmptyDesk;
export let inSteps = plainInSteps;
export let startChannel = plainStartChannel;
export let markBold = plainMarkBold;
export let optimiseChannel = plainOptimiseChannel;
export let addPlane = plainAddPlane;
export let addSums = plainAddSums;

/** Uses these from now on; without any, the JavaScript. */
export function useLevelKernels(others?: LevelKernels): void {
  emptyDesk = others?.emptyDesk ?? plainEmptyDesk;
  inSteps = others?.inSteps ?? plainInSteps;
  startChannel = others?.startChannel ?? plainStartChannel;
  markBold = others?.markBold ?? plainMarkBold;
  optimiseChannel = others?.optimiseChannel ?? plainOptimiseChannel;
  addPlane = others?.addPlane ?? plainAddPlane;
  addSums = others?.addSums ?? plainAddSums;
}
