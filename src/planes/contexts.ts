import type { Predictor } from '../factors/predictor.js';
import { directionOf } from '../runs/runs.js';
import { ALIVE_WEIGHTS, EXPECTATION_WEIGHTS, MEAN_WEIGHTS } from '../tables/tables.js';
import { type Factor, rowsOf } from './factor.js';
import { BANDS8, ORDER8 } from './order.js';
import { type Prediction, predictionOf } from './prediction.js';
import { projected } from './regression.js';
import { NORMS } from './weights.js';

// Products by Math.imul keep the engine on integers where a weight is negative.
const { imul } = Math;

/** Features of the expected magnitude of a coefficient; codec-spec.md, "Expectation". */
const FEATURES = 19;
/** Weights of a signed mean; codec-spec.md, "Signed mean". */
const MEAN_FEATURES = 5;
/** Features of the expectation of an alive flag. */
export const ALIVE_FEATURES = 7;
/** Planes on diagonals up to this one have a signed mean in every channel; later ones only from other channels. */
const MEAN_DIAGONALS = 4;
/** Rows of weights of one type of plane. */
const WEIGHT_ROWS = 13;
/** What activity adds to the expected magnitude of a nonzero coefficient, by type of plane. */
const GAINS = [27, 73, 0, 0];

/** Everything about plane k of a channel that is the same for all blocks. */
export interface PlaneContext {
  own: Factor;
  /** The factor of the luma channel, where this channel may look at it. */
  luma: Factor | undefined;
  /** 0 for luma and channels on their own, 1 and 2 for the chroma channels. */
  role: number;
  k: number;
  u: number;
  v: number;
  /** 0 luma, 1 chroma, 2 and 3 the same for plane 0's level. */
  type: number;
  /**
   * Where planes (u, v-1), (u-1, v), (u-1, v-1), (u, v-2), (u-2, v) begin, and the next on the diagonal towards its middle.
   * 0 where missing: plane 0.
   */
  left: number;
  up: number;
  upLeft: number;
  left2: number;
  up2: number;
  diagonal: number;
  expectation: Int32Array;
  gain: number;
  /** Weights of the signed mean, and what the channel's own values add to it (see meanTaps). */
  mean: Int32Array;
  taps: Int32Array;
  /** Marks of the runs that take this plane, by position. */
  marks: Uint8Array;
  /** The picture's own prediction, which replaces these weights. */
  prediction: Prediction | undefined;
}

/** The context of plane k; for roles see `roleOf`. `predictor` is the picture's own. */
export function planeContext(
  factors: Factor[],
  channel: number,
  role: number,
  k: number,
  predictor?: Predictor,
): PlaneContext {
  const own = factors[channel]!;
  const n = own.block;
  const u = Math.floor(k / n);
  const v = k % n;
  const thumb = n === 4 ? 1 : 0;
  const type = (role ? 1 : 0) + 2 * thumb;
  const at = (plane: number): number => plane * own.places;
  const meanRow = (thumb ? 4 + Math.min(u + v, 3) : Math.min(u + v, MEAN_DIAGONALS + 1) - 1) * MEAN_FEATURES;
  const mean = Int32Array.from(MEAN_WEIGHTS.slice(meanRow, meanRow + MEAN_FEATURES));
  return {
    own,
    role,
    k,
    u,
    v,
    type,
    luma: role > 0 ? factors[channel - role] : undefined,
    left: v ? at(k - 1) : 0,
    up: u ? at(k - n) : 0,
    upLeft: u && v ? at(k - n - 1) : 0,
    left2: v > 1 ? at(k - 2) : 0,
    up2: u > 1 ? at(k - 2 * n) : 0,
    diagonal: u > v ? at(k - n + 1) : u < v ? at(k + n - 1) : 0,
    expectation: (expectations[type * 64 + k] ??= expectationOf(type, u, v)),
    gain: GAINS[type]!,
    marks: own.runs[directionOf(u, v)]!,
    prediction: predictor && predictionOf(factors, channel, predictor),
    mean,
    taps: u + v <= MEAN_DIAGONALS ? meanTaps(mean, own, u, v) : new Int32Array(0),
  };
}

/** By type and plane, filled on first use. */
const expectations: Int32Array[] = [];

/** The weights of the expectation in plane (u, v). */
function expectationOf(type: number, u: number, v: number): Int32Array {
  const row = (type * WEIGHT_ROWS + weightRow(u, v)) * FEATURES;
  const weights = EXPECTATION_WEIGHTS.slice(row, row + FEATURES);
  // The rows are those of planes with u <= v. For others, west and north change places, and so do left and up.
  if (u > v) for (const f of [0, 5]) weights.splice(f, 2, weights[f + 1]!, weights[f]!);
  return Int32Array.from(weights);
}

/** Planes (u, v) and (v, u) share a row. Up to diagonal 5 each pair has its own; diagonals 6 to 8 share one, and so do the rest. */
const weightRow = (u: number, v: number): number =>
  u + v > 5 ? (u + v > 8 ? 12 : 11) : (((u + v + 1) * (u + v + 1)) >> 2) - 1 + Math.min(u, v);

/**
 * How the values around a coefficient of plane (u, v) predict it: a list of alternating offsets and weights, for the values west and north
 * in the plane itself and the slopes of the planes left and up. A weight depends on whether the plane's frequency in that direction is even
 * or odd.
 */
function meanTaps(w: Int32Array, { places, stride, block }: Factor, u: number, v: number): Int32Array {
  const plane = (u * block + v) * places;
  const taps = [plane - 1, w[v & 1]!, plane - stride, w[u & 1]!];
  const slope = (at: number, step: number, weight: number) =>
    taps.push(at + step, weight, at - step, -weight);
  if (v) slope(plane - places, 1, w[2 + (v & 1)]!);
  if (u) slope(plane - block * places, stride, w[2 + (u & 1)]!);
  return Int32Array.from(taps);
}

/** The signed mean of the coefficient at position i, in 1/1024 of a step. */
export function meanOf({ own, k, mean: w, taps }: PlaneContext, i: number): number {
  const { values, regressions, places, stride } = own;
  // Apart from what is projected, so that the engine can keep it as a 32-bit integer.
  let near = 0;
  for (let t = 0; t < taps.length; t += 2) near += imul(taps[t + 1]!, values[i + taps[t]!]!);
  let sum = 0;
  for (let n = 0; n < regressions.length; n++) {
    const on = regressions[n]!;
    const x = on.x[k * places + i]!;
    if (x) sum += w[4]! * projected(on, stride, i, x);
  }
  return sum + near;
}

/**
 * Expected magnitude of the rest of the row at position i, for the alive flag of a band. `alive` holds the flags of this band so far, and 0
 * where the row has ended.
 */
export function aliveExpectation(
  factors: Factor[],
  channel: number,
  role: number,
  band: number,
  i: number,
): number {
  const own = factors[channel]!;
  const { activity: a, alive, stride: s } = own;
  const w = ALIVE_WEIGHTS;
  const o = (band - 1) * ALIVE_FEATURES;
  let sum =
    imul(w[o]!, a[i]!) +
    imul(w[o + 1]!, a[i + 1]! + a[i + s]!) +
    16 *
      (imul(w[o + 2]!, alive[i - 1]! + alive[i - s]!) +
        imul(w[o + 3]!, alive[i - s - 1]! + alive[i - s + 1]!) +
        w[o + 4]!);
  if (role > 0) {
    const luma = factors[channel - role]!;
    sum += w[o + 5]! * 16 * luma.alive[i]! + w[o + 6]! * luma.activity[i]!;
  }
  const k = ORDER8[BANDS8[band - 1]!]!;
  return (sum * NORMS[own.columnWeights[k]! + rowsOf(own, k)[i]!]!) | 0;
}
