import { addPlane as plainAddPlane, addSums as plainAddSums } from './debts.js';
import { emptyDesk as plainEmptyDesk } from './desk.js';
import { optimiseChannel as plainOptimiseChannel } from './quantise.js';

/** What others may put their own in place of, to the same bits. */
export interface LevelKernels {
  emptyDesk: typeof plainEmptyDesk;
  optimiseChannel: typeof plainOptimiseChannel;
  addPlane: typeof plainAddPlane;
  addSums: typeof plainAddSums;
}

export let emptyDesk = plainEmptyDesk;
export let optimiseChannel = plainOptimiseChannel;
export let addPlane = plainAddPlane;
export let addSums = plainAddSums;

/** From now on these are used. Without any, those of before. */
export function useLevelKernels(others?: LevelKernels): void {
  emptyDesk = others?.emptyDesk ?? plainEmptyDesk;
  optimiseChannel = others?.optimiseChannel ?? plainOptimiseChannel;
  addPlane = others?.addPlane ?? plainAddPlane;
  addSums = others?.addSums ?? plainAddSums;
}
