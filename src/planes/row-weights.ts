import { clamp } from '../core/clamp.js';
import { directionOf, firstOfRun, LONGEST } from '../runs/runs.js';
import type { Factor } from './factor.js';
import { ORDER8 } from './order.js';
import { root } from './root.js';
import { stepOf } from './step.js';
import { STEPS, type Weights } from './weights.js';

const { abs, floor, min } = Math;

/** 16 log2 x of an integer from 1 to 2^26, linear between powers of two. */
const logarithm = (x: number): number => {
  const octave = 31 - Math.clz32(x);
  return octave * 16 + ((16 * x) >> octave) - 16;
};

/** Largest exponent, either sign. */
const MOST = 24;

/** The exponent of (x / origin)^(power / 8), x as a sum in 1/16 of a sample's unit. */
const exponent = (x: number, origin: number, power: number): number =>
  clamp(-MOST, (power * (logarithm(min(x, 1 << 20)) - logarithm(origin))) >> 3, MOST);

/** What no difference at all counts as, the origin that means 1, in 1/16 of a sample's unit. */
const STILL = 256;
const LIVELY = 384;
/** The same for texture. */
const SMOOTH = 128;
const TEXTURED = 256;

/** D times 8 and the step of plane 0, as an integer. */
const scaled = (step: number, { columnWeights }: Factor): number =>
  floor(8 * stepOf(step) * STEPS[columnWeights[0]!]! + 0.5);

/**
 * By position, the exponents of the rows of a luma channel, from plane 0 alone: the more the eight blocks around a block differ from it,
 * the coarser its steps. `step` is the code of D.
 */
export function activityRows(luma: Factor, { activity }: Weights, step: number): Int8Array {
  const { positions, stride, places, values } = luma;
  const rows = new Int8Array(places);
  const unit = scaled(step, luma);
  for (const i of positions) {
    const v = values[i]!;
    let sum = 0;
    for (let j = i - stride; j <= i + stride; j += stride)
      sum += abs(values[j - 1]! - v) + abs(values[j]! - v) + abs(values[j + 1]! - v);
    rows[i] = exponent(floor((sum * unit) / 64) + STILL, LIVELY, activity);
  }
  return rows;
}

/** One over the root of the number of blocks of a run, in 1/4096, by mark. */
const SHARES = Array.from({ length: LONGEST + 1 }, (_, l) => root((2 ** 24) >> l));

/** The planes of bands 1 and 2. */
export const COARSE = ORDER8.subarray(1, 6);

/** The same for the planes from band 3 on: the larger bands 1 and 2 of a block are, the coarser its steps. */
export function textureRows(luma: Factor, weights: Weights, step: number): Int8Array {
  const { positions, places, values } = luma;
  const rows = luma.rowWeights.slice();
  const half = (k: number, at: number): number => values[k * places + at]!;
  for (const i of positions) rows[i]! += textureExponent(luma, weights, step, i, half);
  return rows;
}

/**
 * What the texture of the row at position i adds to its exponent; `half` gives values of COARSE planes in half steps. In a plane that a run
 * takes, a block counts as having its share of what does not change along the run: the value in the first block, times one over the root of
 * the number of blocks.
 */
export function textureExponent(
  { columnWeights, rowWeights, runs, stride }: Factor,
  { texture }: Weights,
  step: number,
  i: number,
  half: (k: number, at: number) => number,
): number {
  let sum = 0;
  for (let n = 0; n < COARSE.length; n++) {
    const k = COARSE[n]!;
    const direction = directionOf(k >> 3, k & 7);
    const marks = runs[direction]!;
    const first = firstOfRun(marks, i, direction ? 1 : stride);
    sum += abs(half(k, first)) * SHARES[marks[first]!]! * STEPS[columnWeights[k]! + rowWeights[i]!]!;
  }
  return exponent(floor((sum * floor(8 * stepOf(step) + 0.5)) / 2 ** 16) + SMOOTH, TEXTURED, texture);
}
