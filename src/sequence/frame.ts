import type { Factor } from '../planes/factor.js';

/** What of a block is expected to be left over the low-rank part, before its levels come: what was left in the frame before. */
export const KEPT = 0;
/** Nothing: the low-rank part alone stands there. */
export const CLEARED = 1;
/** Plane 0 as it was left in the frame before, and no other plane of the low-rank part. */
export const FLAT = 2;

/** What a frame says of its blocks. */
export interface Frame {
  /** By block, 1 where anything is said: elsewhere what was left stays. */
  coded: Uint8Array;
  /** By block, KEPT, CLEARED or FLAT. */
  sources: Uint8Array;
  /** By channel plane 0 in steps, at b * 64; a writer has the other planes there too. */
  levels: Int32Array[];
}

/**
 * What codes a frame's decisions: a writer is given them, a reader finds them. One walk over a frame serves both, so that they cannot
 * differ.
 */
export interface FrameCoder {
  /** Codes a bit under context i of those of frames; a reader ignores `bit`. Returns what it is. */
  bit(context: number, bit: number): number;
  /** Codes which blocks of a channel go on at `band`. */
  alive(factors: Factor[], channel: number, role: number, band: number): void;
  /** Codes plane k of a channel, 1 to 63. */
  plane(factors: Factor[], channel: number, role: number, k: number): void;
}
