import { emptyFactors as plainEmptyFactors } from './factors.js';
import { readAlive as plainReadAlive, readPlane as plainReadPlane } from './read.js';

/** What others may put their own in place of, to the same bits. */
export interface PlaneKernels {
  emptyFactors: typeof plainEmptyFactors;
  readAlive: typeof plainReadAlive;
  readPlane: typeof plainReadPlane;
}

export let emptyFactors = plainEmptyFactors;
export let readAlive = plainReadAlive;
export let readPlane = plainReadPlane;

/** From now on these are used. Without any, those of before. */
export function usePlaneKernels(others?: PlaneKernels): void {
  emptyFactors = others?.emptyFactors ?? plainEmptyFactors;
  readAlive = others?.readAlive ?? plainReadAlive;
  readPlane = others?.readPlane ?? plainReadPlane;
}
