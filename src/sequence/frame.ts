import type { Factor } from '../planes/factor.js';

/** Sources: what is expected of a block beyond the low-rank part, before its levels. KEPT: what was left in the last frame. */
export const KEPT = 0;
/** Nothing: only the low-rank part is there. */
export const CLEARED = 1;
/** Plane 0 as it was left in the last frame, and no other plane of the low-rank part. */
export const FLAT = 2;

/** What a frame codes about its blocks. */
export interface Frame {
  /** By block: 1 where anything is coded; elsewhere what was left stays. */
  coded: Uint8Array;
  /** By block, KEPT, CLEARED or FLAT. */
  sources: Uint8Array;
  /** By channel, plane 0 in steps, at b * 64; a writer has the other planes there too. */
  levels: Int32Array[];
}

/** Codes a frame's decisions: a writer is given them, a reader finds them. Both share one walk over a frame, so that they cannot differ. */
export interface FrameCoder {
  /** Codes a bit under context i of those of frames; a reader ignores `bit`. Returns the bit. */
  bit(context: number, bit: number): number;
  /** Codes which blocks of a channel go on at `band`. */
  alive(factors: Factor[], channel: number, role: number, band: number): void;
  /** Codes plane k of a channel, 1 to 63. */
  plane(factors: Factor[], channel: number, role: number, k: number): void;
}
