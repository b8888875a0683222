import { emptyFactors as plainEmptyFactors } from './factors.js';
import { inTurn as plainInTurn } from './in-turn.js';
import { readAlive as plainReadAlive, readPlane as plainReadPlane } from './read.js';
import { recompose as plainRecompose } from './recompose.js';

/** What others may put their own in place of, to the same bits. */
export interface PlaneKernels {
  emptyFactors: typeof plainEmptyFactors;
  readAlive: typeof plainReadAlive;
  readPlane: typeof plainReadPlane;
  inTurn: typeof plainInTurn;
}

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

export let recompose = plainRecompose;

/** From now on this is used: pages do without, since it makes their script larger by more than it makes them faster. */
export function useRecompose(other = plainRecompose): void {
  recompose = other;
}
