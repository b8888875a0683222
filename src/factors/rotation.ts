import type { Predictors } from './predictor.js';

/**
 * V of a channel: the DCT basis times the picture's own Givens rotations. A rotation of columns i and j is stored as the integer n of t =
 * tan(angle / 2) = n / 2^precision, so that cosine and sine are quotients and equal in every engine.
 */
export interface Rotation {
  i: number;
  j: number;
  /** -2^precision to 2^precision - 1. */
  n: number;
}

/** A channel's own statistics: its V, and how its planes of U predict each other. */
export interface Basis {
  /** Bits of n, 0 to 15. */
  precision: number;
  /** In the order in which they multiply the DCT basis. At most 2047. */
  rotations: Rotation[];
  predictors: Predictors;
}

export const SIZE = 64;
export const PRECISION_BITS = 4;
export const COUNT_BITS = 11;

/** A basis has 8 kinds of symbols of 6 bits each; kind n has the adaptive contexts from n * 64 on. */
export const SYMBOL_BITS = 6;
export const SYMBOL_CONTEXTS = 8 << SYMBOL_BITS;

/** Is plane 0 rotated? That of an exact basis is. */
export const turnsPlane0 = ({ rotations }: Basis): boolean =>
  rotations.some(({ i, j }) => i === 0 || j === 0);
