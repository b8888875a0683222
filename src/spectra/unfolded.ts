import type { Factor } from '../planes/factor.js';
import { ORDER8 } from '../planes/order.js';
import { directionOf } from '../runs/runs.js';
import { spread, spreadRow } from '../runs/spread.js';

/** Factors do not change once they are read: what runs spread is kept as long as they are. */
const spreads = new WeakMap<Factor, Float64Array>();

/** The weight of plane k, other than 0, at position i of a channel, in half steps, its runs undone. */
export function unfolded(of: Factor, i: number, k: number): number {
  const { values, places, runs } = of;
  if (!runs[directionOf(k >> 3, k & 7)]![i]) return values[k * places + i]!;
  let weights = spreads.get(of);
  if (!weights) spreads.set(of, (weights = spread(of, ORDER8.subarray(1))));
  return weights[spreadRow(k) * places + i]!;
}
