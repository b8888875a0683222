import type { Factor } from '../planes/factor.js';

/**
 * What codes a frame's decisions: a writer takes them, a reader finds them. One walk over a frame serves both, so that they cannot differ.
 */
export interface FrameCoder {
  /** Codes a bit under context i of those of sequences. A reader ignores `bit`; both return what it is. */
  bit(context: number, bit: number): number;
  /** Codes which blocks of a channel go on at `band`. */
  alive(factors: Factor[], channel: number, role: number, band: number): void;
  /** Codes plane k of a channel, 1 to 63. */
  plane(factors: Factor[], channel: number, role: number, k: number): void;
}
