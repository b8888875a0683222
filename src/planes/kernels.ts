import { emptyFactors as plainEmptyFactors } from './factors.js';
import { inTurn as plainInTurn } from './in-turn.js';
import { readAlive as plainReadAlive, readPlane as plainReadPlane } from './read.js';
import { recompose as plainRecompose } from './recompose.js';
import { windowValues as plainWindowValues } from './window-values.js';

/** Functions that kernels may replace, with the same results to the bit. */
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

/** Uses these from now on; without any, the JavaScript. */
export function usePlaneKernels(others?: PlaneKernels): void {
  emptyFactors = others?.emptyFactors ?? plainEmptyFactors;
  readAlive = others?.readAlive ?? plainReadAlive;
  readPlane = others?.readPlane ?? plainReadPlane;
  inTurn = others?.inTurn ?? plainInTurn;
}

/** The same for putting channels together. Pages do without: it would make their script larger by more than it makes them faster. */
export interface RecomposeKernels {
  recompose: typeof plainRecompose;
  windowValues: typeof plainWindowValues;
}

export let recompose = plainRecompose;
export let windowValues = plainWindowValues;

export function useRecompose(others?: RecomposeKernels): void {
  recompose = others?.recompose ?? plainRecompose;
  windowValues = others?.windowValues ?? plainWindowValues;
}
