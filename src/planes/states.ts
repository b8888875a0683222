import { AdaptiveBits } from '../bits/adaptive.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';
import { P_ALIVE, P_MAGNITUDE, P_SIGN, P_ZERO } from '../tables/tables.js';
import type { PlaneContext } from './contexts.js';

/** Sets of contexts of Exp-Golomb codes, without priors: by level of the residual of plane 0 of plane 0's level, and that of escapes. */
const ESCAPE_SET = 17;
const CODES = new Array<number>((ESCAPE_SET + 1) * GOLOMB_CONTEXTS).fill(0);

/** Every adaptive context starts at its prior; a section's contexts lie one after the other, in this order. */
const SECTIONS = [P_ALIVE, P_ZERO, P_MAGNITUDE, P_SIGN, CODES];
const STARTS = SECTIONS.map((_, i) => SECTIONS.slice(0, i).reduce((sum, s) => sum + s.length, 0));
const [ALIVE, ZERO, MAGNITUDE, SIGN, CODE] = STARTS as [number, number, number, number, number];

/** Fresh contexts. */
export const planeStates = (): AdaptiveBits => new AdaptiveBits(SECTIONS.flat());

/** Magnitudes above this go on in an escape code. */
export const LONGEST = 14;

/** Row of the magnitude contexts for "is the level above t", t = 1 to 14. */
const STAGE = Uint8Array.of(0, 0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7);

/** Context of an alive flag: role of the channel, band 1 to 6, level of the expectation. */
export const aliveContext = (role: number, band: number, level: number): number =>
  ALIVE + ((role ? 5 : -1) + band) * 32 + level;
/** Context of "not zero": type of the plane, level of the expectation. */
export const zeroContext = (type: number, level: number): number => ZERO + type * 32 + level;
/** Context of "above t": type of the plane, t, level of the expectation of what is not zero. */
export const magnitudeContext = (type: number, t: number, level: number): number =>
  MAGNITUDE + (type * 8 + STAGE[t]!) * 32 + level;
/** Context of "the sign is that of its mean": plane 0's level or not, role, diagonal, level 1 to 10 of what the mean says. */
export const signContext = (thumb: number, role: number, d: number, level: number): number =>
  SIGN + ((thumb * 3 + role) * 6 + (d < 5 ? d : 5)) * 11 + level;
/** The same for a coefficient of a plane. */
export const signOf = ({ own, role, u, v }: PlaneContext, level: number): number =>
  signContext(own.block === 4 ? 1 : 0, role, u + v, level);
/** First context of a residual of plane 0 of plane 0's level, by the sum of differences around it: two doublings are a level. */
export const residualContext = (around: number): number =>
  CODE + ((33 - Math.clz32(around)) >> 1) * GOLOMB_CONTEXTS;
/** First context of an escape code. */
export const ESCAPE = CODE + ESCAPE_SET * GOLOMB_CONTEXTS;
