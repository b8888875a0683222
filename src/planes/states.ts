import { AdaptiveBits } from '../bits/adaptive.js';
import { P_ALIVE, P_DC, P_DC_ZERO, P_ESCAPE, P_MAGNITUDE, P_SIGN, P_ZERO } from '../tables/tables.js';
import type { PlaneContext } from './contexts.js';

/** Every adaptive context starts at its prior; a section's contexts lie one after the other, in this order. */
const SECTIONS = [P_ALIVE, P_ZERO, P_MAGNITUDE, P_SIGN, P_DC_ZERO, P_DC, P_ESCAPE];
const STARTS = SECTIONS.map((_, i) => SECTIONS.slice(0, i).reduce((sum, s) => sum + s.length, 0));
const [ALIVE, ZERO, MAGNITUDE, SIGN, DC_ZERO, DC, ESCAPE] = STARTS as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** Fresh contexts. */
export const planeStates = (): AdaptiveBits => new AdaptiveBits(SECTIONS.flat());

/** Magnitudes above this go on in an escape code. */
export const LONGEST = 14;
export const DC_LONGEST = 18;

/** Row of the magnitude contexts for "is the level above t", t = 1 to 14. */
const STAGE = Uint8Array.of(0, 0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7);

/** Context of an alive flag: role of the channel, band 0 to 6, level of the expectation. */
export const aliveContext = (role: number, band: number, level: number): number =>
  ALIVE + (role * 7 + band) * 32 + level;
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
/** Contexts of the residual of plane 0 of plane 0's level: role, level of the residuals around. */
export const dcZeroContext = (role: number, level: number): number => DC_ZERO + role * 16 + level;
export const dcContext = (role: number, t: number, level: number): number =>
  DC + (role * 10 + Math.min((t - 1) >> 1, 9)) * 16 + level;
/** First context of an escape code; 64 a set. */
export const escapeContext = (set: number): number => ESCAPE + set * 64;

/** Lower bounds of the 16 levels of the residuals around. */
// biome-ignore format: bounds
const AROUND = [1, 2, 3, 4, 5, 7, 9, 12, 16, 22, 30, 44, 64, 100, 180];
/** Level 0 to 15 of a sum of residuals and differences. */
export function aroundLevel(sum: number): number {
  let level = 0;
  while (level < 15 && AROUND[level]! <= sum) level++;
  return level;
}
