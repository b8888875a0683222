import { AdaptiveBits } from '../bits/adaptive.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';
import { RUN_CONTEXTS, runPrior } from '../runs/visit.js';
import { CURVES } from '../tables/tables.js';
import type { PlaneContext } from './contexts.js';
import { root } from './root.js';

// Contexts are numbered in rows of 32, one for each level: alive flags from row 0, "not zero" from 12, "above t" from 16, signs from 48;
// "not zero" in the first blocks of runs and in their other blocks from 84. Then come sets of contexts of Exp-Golomb codes, one by level
// for the residual of plane 0 of plane 0's level and one for escapes; then the contexts of the map of runs.
const PRIORS = 84;
const CODE = (PRIORS + 4) * 32;
const ESCAPE_SET = 17;

/** Initial P(1) of context i, in 1/256: by level an algebraic sigmoid of a parabola. NaN where there is no row. */
function prior(i: number): number {
  const row = i >> 5;
  const of = 2 * (row < PRIORS ? row : 12 + (row & 1));
  const level = i & 31;
  const t = CURVES[of]! + ((level * (level + 4 * CURVES[of + 1]!)) >> 5);
  const beside = root(Math.floor((16_129 * t * t) / (64 + t * t)));
  return t < 0 ? 128 - beside : 128 + beside;
}

/** Initial probabilities, computed on first use. */
let priors: Uint8Array | undefined;

/** Fresh contexts. */
export const planeStates = (): AdaptiveBits =>
  new AdaptiveBits(
    (priors ??= Uint8Array.from({ length: RUNS + RUN_CONTEXTS }, (_, i) =>
      i < CODE ? prior(i) : i < RUNS ? 0 : runPrior(i - RUNS),
    )),
  );

/** Magnitudes above this continue in an escape code. */
export const LONGEST = 14;

/** Context of an alive flag: role of the channel, band 1 to 6, level of the expectation. */
export const aliveContext = (role: number, band: number, level: number): number =>
  ((role ? 5 : -1) + band) * 32 + level;
/** Context of "not zero": type of the plane, level of the expectation, class of the block (see classOf). */
export const zeroContext = (type: number, level: number, run: number): number =>
  ((run ? 82 + 2 * run : 12) + type) * 32 + level;
/** Context of "above t": type of the plane, t, level of the expectation for nonzero values. */
export const magnitudeContext = (type: number, t: number, level: number): number =>
  (16 + type * 8 + Math.min(t, 8) - 1) * 32 + level;
/** Context of "the sign is that of the mean": plane 0's level or not, role, diagonal, level 1 to 10 of the mean (see signLevel). */
export const signContext = (thumb: number, role: number, d: number, level: number): number =>
  (48 + (thumb * 3 + role) * 6 + (d < 5 ? d : 5)) * 32 + level;
/** The same for a coefficient of a plane. */
export const signOf = ({ own, role, u, v }: PlaneContext, level: number): number =>
  signContext(own.block === 4 ? 1 : 0, role, u + v, level);
/** First context of a residual of plane 0 of plane 0's level, by the sum of differences around it: a level covers two doublings. */
export const residualContext = (around: number): number =>
  CODE + ((33 - Math.clz32(around)) >> 1) * GOLOMB_CONTEXTS;
/** First context of an escape code. */
export const ESCAPE = CODE + ESCAPE_SET * GOLOMB_CONTEXTS;
/** First context of the map of runs. */
export const RUNS = ESCAPE + GOLOMB_CONTEXTS;
