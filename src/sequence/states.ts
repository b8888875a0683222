import { AdaptiveBits } from '../bits/adaptive.js';

/** Contexts of the map of what is coded, of sources, and of plane 0; codec-spec.md, "Contexts of a frame". */
const CODED = 0;
const SOURCE = CODED + 54;
const ZERO = SOURCE + 32;
const LARGER = ZERO + 3 * 96;
const SIGN = LARGER + 3 * 64;
const ESCAPE = SIGN + 3 * 16;
const CONTEXTS = ESCAPE + 32;

/** Fresh contexts of a sequence, all with probability one half. They last as long as the sequence. */
export const frameStates = (): AdaptiveBits => new AdaptiveBits(new Uint8Array(CONTEXTS));

/**
 * Number of coded blocks left and above (0 to 2) and diagonally above (0 to 2); whether the last frame coded this block (0, 1), and those
 * to the right and below (0 to 2).
 */
export const codedContext = (near: number, far: number, before: number, around: number): number =>
  CODED + ((near * 3 + far) * 2 + before) * 3 + around;
/** Question 0 or 1 of the source: how many (0 to 3) of the known blocks (0 to 3) answered it with yes. */
export const sourceContext = (question: number, yes: number, known: number): number =>
  SOURCE + (question * 4 + yes) * 4 + known;
/** Level 0 to 7 of plane 0 around, 0 to 3 of what the last frame coded here, 0 to 2 of plane 0 of luma here. */
export const zeroContext = (role: number, around: number, before: number, luma: number): number =>
  ZERO + ((role * 8 + around) * 4 + before) * 3 + luma;
/** "Larger than t", for t from 1. */
export const largerContext = (role: number, around: number, t: number): number =>
  LARGER + (role * 8 + around) * 8 + Math.min(t - 1, 7);
/** Sum of the signs left and above, -2 to 2, and the sign of luma, -1 to 1. */
export const signContext = (role: number, beside: number, luma: number): number =>
  SIGN + role * 16 + (beside + 2) * 3 + luma + 1;
/** Bit i of an escape code: 0 to 17 for its steps, 20 for the first bit after them, 21 for the others. */
export const escapeContext = (i: number): number => ESCAPE + i;
