import { AdaptiveBits } from '../bits/adaptive.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';

/** Zeros before and after a column's magnitudes, so that neighbours need no bounds checks. */
export const MARGIN = 2;
/** Levels of the expected magnitude. */
export const LEVELS = 26;

/** What the contexts of one side of a channel, all columns of its U or of its V, look at. */
export interface Side {
  /** Entries of a column. */
  length: number;
  /** Magnitudes of the present column so far, clamped to 255; coefficient i is at i + MARGIN. */
  magnitudes: Uint8ClampedArray;
  /** Magnitudes of earlier columns, in 1/16; older ones count less. Same places. */
  memory: Uint16Array;
}

/** The side of columns with `length` entries, before the first column. */
export function side(length: number): Side {
  const places = length + 2 * MARGIN;
  return { length, magnitudes: new Uint8ClampedArray(places), memory: new Uint16Array(places) };
}

/** Adds the present column to the memory. */
export function remember({ magnitudes, memory }: Side): void {
  for (let i = 0; i < memory.length; i++) memory[i] = (13 * memory[i]! + 48 * magnitudes[i]!) >> 4;
}

/**
 * First context of coefficient i, by its expected magnitude, two levels for each doubling. It depends on the neighbours before it, on the
 * coefficient that covers its place in the next coarser band, and on earlier columns.
 */
export function contextAt({ magnitudes: m, memory: o }: Side, i: number): number {
  const a = i + MARGIN;
  const sum =
    3 * m[a - 1]! +
    2 * m[a - 2]! +
    3 * m[MARGIN + (i >> 1)]! +
    ((2 * o[a - 1]! + 8 * o[a]! + 2 * o[a + 1]!) >> 4);
  return (32 - Math.clz32(sum * sum)) * GOLOMB_CONTEXTS;
}

/** Fresh contexts, without priors: fitted ones gained nothing on photographs and cost 15 % on pictures of 7 x 5. */
export const columnStates = (): AdaptiveBits => new AdaptiveBits(new Uint8Array(LEVELS * GOLOMB_CONTEXTS));
