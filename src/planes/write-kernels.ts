import {
  withLevels as plainWithLevels,
  writeAlive as plainWriteAlive,
  writePlane as plainWritePlane,
} from './write.js';

/** What others may put their own in place of, to the same bits; apart from `kernels.ts`, which a decoder has. */
export interface WriteKernels {
  writeAlive: typeof plainWriteAlive;
  writePlane: typeof plainWritePlane;
  withLevels: typeof plainWithLevels;
}

export let writeAlive = plainWriteAlive;
export let writePlane = plainWritePlane;
export let withLevels = plainWithLevels;

/** From now on these are used. Without any, those of before. */
export function useWriteKernels(others?: WriteKernels): void {
  writeAlive = others?.writeAlive ?? plainWriteAlive;
  writePlane = others?.writePlane ?? plainWritePlane;
  withLevels = others?.withLevels ?? plainWithLevels;
}
