import { AdaptiveBits } from '../bits/adaptive.js';

/** Zeros kept free before and after a column's magnitudes, so that neighbours need no tests. */
export const MARGIN = 2;
/** Largest magnitude that contexts see. */
export const CAP = 255;
/** Levels of the expected magnitude. */
export const LEVELS = 25;
/** Magnitudes above this go on in an escape code, */
export const LONGEST = 14;
/** which is Exp-Golomb of this order with at most so many steps. */
export const ESCAPE_ORDER = 1;
export const ESCAPE_STEPS = 30;
/** Rows of magnitude contexts. */
const STAGES = 8;

/** What the contexts of one side of one channel, all columns of its U or of its V, look at. */
export interface Side {
  /** Entries of a column. */
  length: number;
  /** Magnitudes of the column in hand so far, at most CAP; coefficient i stands at i + MARGIN. */
  magnitudes: Uint8Array;
  /** Magnitudes of the columns before it, in 1/16, the older the less; placed alike. */
  memory: Uint16Array;
  /** Of each coefficient the one that covers its place in the next coarser band, plus MARGIN. */
  parents: Int32Array;
}

/** The side of columns of `length` entries before its first column. */
export function side(length: number): Side {
  const parents = new Int32Array(length).fill(MARGIN);
  for (let n = length; n > 1; n = (n + 1) >> 1) {
    const half = (n + 1) >> 1;
    for (let i = half; i < n; i++)
      parents[i] = MARGIN + Math.min(((half + 1) >> 1) + ((i - half) >> 1), half - 1);
  }
  const places = length + 2 * MARGIN;
  return { length, magnitudes: new Uint8Array(places), memory: new Uint16Array(places), parents };
}

/** Puts the column in hand into the memory. */
export function remember({ magnitudes, memory }: Side): void {
  for (let i = 0; i < memory.length; i++) memory[i] = (13 * memory[i]! + 48 * magnitudes[i]!) >> 4;
}

/** Level of a sum: how many of the bounds 1, 2, 3, 4, 6, 8, 11, ... (each the last plus its quarter plus one) it reaches. */
const LEVEL = new Uint8Array(1024);
for (let sum = 0, level = 0, bound = 1; sum < LEVEL.length; LEVEL[sum++] = level)
  if (sum === bound && level < LEVELS - 1) {
    bound += (bound >> 2) + 1;
    level++;
  }

/** Level of the magnitude to expect of coefficient i, 0 to LEVELS - 1: its neighbours before it, its parent and the parent's, the columns before. */
export function levelAt({ magnitudes: m, memory: o, parents }: Side, i: number): number {
  const p = parents[i]!;
  const a = i + MARGIN;
  const sum =
    3 * m[a - 1]! +
    2 * m[a - 2]! +
    m[p]! +
    m[p - 1]! +
    m[p + 1]! +
    ((6 * o[a]! + 3 * (o[a - 1]! + o[a + 1]!) + 2 * (o[a - 2]! + o[a + 2]!)) >> 4);
  return LEVEL[Math.min(sum, 1023)]!;
}

/** Context of "not zero". */
export const zeroContext = (level: number): number => level;
/** Context of "above t", t = 1 to LONGEST. */
export const aboveContext = (t: number, level: number): number => Math.min(t, STAGES) * LEVELS + level;
/** Context of "the escape code goes on" after e steps. */
export const escapeContext = (e: number): number => (STAGES + 1) * LEVELS + e;

/** Fresh contexts, without priors: fitted ones gained nothing on photographs and cost 15 % on pictures of 7 x 5. */
export const columnStates = (): AdaptiveBits => new AdaptiveBits(new Uint8Array(escapeContext(ESCAPE_STEPS)));
