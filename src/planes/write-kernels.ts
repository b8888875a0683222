import {
  withLevels as plainWithLevels,
  writeAlive as plainWriteAlive,
  writePlane as plainWritePlane,
} from './write.js';

/** Functions that kernels may replace, with the same results to the bit. Separate from `kernels.ts`, which a decoder loads. */
export interface WriteKernels {
  writeAlive: typeof plainWriteAlive;
  writePlane: typeof plainWritePlane;
  withLevels: typeof plainWithLevels;
}

export let writeAlive = plainWriteAlive;
export let writePlane = plainWritePlane;
export let withLevels = plainWithLevels;

/** Uses these from now on; without any, the JavaScript. */
export function useWriteKernels(others?: WriteKernels): void {
  writeAlive = others?.writeAlive ?? plainWriteAlive;
  writePlane = others?.writePlane ?? plainWritePlane;
  withLevels = others?.withLevels ?? plainWithLevels;
}
