import { AdaptiveBits } from '../bits/adaptive.js';

/** Contexts of "something is coded", of the source of a prediction, and of plane 0: not zero, larger than t, sign; codec-spec.md, "Contexts of a frame". */
const CODED = 0;
const SOURCE = CODED + 54;
const ZERO = SOURCE + 48;
const LARGER = ZERO + 3 * 96;
const SIGN = LARGER + 3 * 64;
const ESCAPE = SIGN + 3 * 16;
const VECTOR = ESCAPE + 32;
const CONTEXTS = VECTOR + 2 * 32;

/** Fresh contexts of a sequence: every probability is a half. They live as long as it does. */
export const sequenceStates = (): AdaptiveBits => new AdaptiveBits(new Uint8Array(CONTEXTS));

/** Blocks coded beside and above (0 to 2), diagonally above (0 to 2), here in the frame before (0 or 1), and there right and below (0 to 2). */
export const codedContext = (near: number, far: number, before: number, around: number): number =>
  CODED + ((near * 3 + far) * 2 + before) * 3 + around;
/** Which question of the source, 0 or 1, and how many of left, above and before answered it with yes, 0 to 3. */
export const sourceContext = (question: number, yes: number, known: number): number =>
  SOURCE + (question * 4 + yes) * 4 + known;
/** Level 0 to 7 of what is around, 0 to 3 of the frame before, 0 to 2 of the first channel. */
export const zeroContext = (role: number, around: number, before: number, luma: number): number =>
  ZERO + ((role * 8 + around) * 4 + before) * 3 + luma;
/** t from 1 on. */
export const largerContext = (role: number, around: number, t: number): number =>
  LARGER + (role * 8 + around) * 8 + Math.min(t - 1, 7);
/** Signs left and above, -2 to 2, and of the first channel, -1 to 1. */
export const signContext = (role: number, beside: number, luma: number): number =>
  SIGN + role * 16 + (beside + 2) * 3 + luma + 1;
export const escapeContext = (i: number): number => ESCAPE + Math.min(i, 31);
/** Component 0 or 1 of a vector; which question. */
export const vectorContext = (axis: number, i: number): number => VECTOR + axis * 32 + i;
