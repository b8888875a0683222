import type { Predictor } from '../factors/predictor.js';
import type { Factor } from './factor.js';

/** A plane's own predictor laid out for the factors: the mean of position i is the sum of 16 weight * values[at + i]. */
export interface Prediction extends Pick<Predictor, 'trust'> {
  terms: { values: Int32Array; at: number; weight: number }[];
}

/** The picture's own prediction of a plane of a channel. */
export const predictionOf = (
  factors: Factor[],
  channel: number,
  { trust, terms }: Predictor,
): Prediction => ({
  trust,
  terms: terms.map(({ back, plane, lag, weight }) => ({
    values: factors[(channel + back) % factors.length]!.values,
    at: plane * factors[channel]!.places + (((lag >> 2) & 3) - 2) * factors[channel]!.stride + (lag & 3) - 2,
    weight,
  })),
});

/** The signed mean of the coefficient at position i, in 1/1024 of a step. */
export function predicted({ terms }: Prediction, i: number): number {
  let sum = 0;
  for (const { values, at, weight } of terms) sum += weight * values[at + i]!;
  return sum * 16;
}

/** A weighted sum of features, `trust` / 64 of it replaced by the sum that stands for a magnitude in 1/1024 of a step. */
export const trusting = (trust: number, sum: number, magnitude: number): number =>
  sum + Math.floor((trust * (16 * Math.min(magnitude, 16_384) - sum)) / 64);
