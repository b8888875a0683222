import { emptyFactors as plainEmptyFactors } from './factors.js';
import { readAlive as plainReadAlive, readPlane as plainReadPlane } from './read.js';

/** What others may put their own in place of, to the same bits. */
export interface PlaneKernels {
  emptyFactors: typeof plainEmptyFactors;
  readAlive: typeof plainReadAlive;
  readPlane: typeof plainReadPlane;
  inTurn: InTurn;
}

/** Does works one after the other. Nobody wants the factors that one has made when the next begins. */
type InTurn = (works: Iterable<() => void>) => void;

const plainInTurn: InTurn = works => {
  for (const work of works) work();
};

export let emptyFactors = plainEmptyFactors;
export let readAlive = plainReadAlive;
export let readPlane = plainReadPlane;
export let inTurn = plainInTurn;

/** From now on these are used. Without any, those of before. */
export function usePlaneKernels(others?: PlaneKernels): void {
  emptyFactors = others?.emptyFactors ?? plainEmptyFactors;
  readAlive = others?.readAlive ?? plainReadAlive;
  readPlane = others?.readPlane ?? plainReadPlane;
  inTurn = others?.inTurn ?? plainInTurn;
}
