import { emptyDesk as plainEmptyDesk } from './desk.js';

/** What others may put their own in place of, to the same bits. */
export interface LevelKernels {
  emptyDesk: typeof plainEmptyDesk;
}

export let emptyDesk = plainEmptyDesk;

/** From now on these are used. Without any, those of before. */
export function useLevelKernels(others?: LevelKernels): void {
  emptyDesk = others?.emptyDesk ?? plainEmptyDesk;
}
