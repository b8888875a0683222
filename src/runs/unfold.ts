import { DCT } from './cosines.js';
import { directionOf, firstOfRun, type Runs } from './runs.js';

/** The part of a channel's factor that runs need: the value of plane k at position i is values[k * places + i]. */
export interface Folded {
  stride: number;
  places: number;
  values: Int32Array;
  runs: Runs;
}

/**
 * The weight of plane k, not 0, at position i, in the unit of the values: the inverse DCT of its run's values, most of which are 0; outside
 * runs the value itself.
 */
export function unfold({ stride, places, values, runs }: Folded, i: number, k: number): number {
  const direction = directionOf(k >> 3, k & 7);
  const marks = runs[direction]!;
  const hop = direction ? 1 : stride;
  const first = firstOfRun(marks, i, hop);
  const dct = DCT[marks[first]!]!;
  let weight = 0;
  for (let f = (i - first) / hop, at = k * places + first; f < dct.length; f += 1 << marks[first]!, at += hop)
    if (values[at]) weight += values[at]! * dct[f]!;
  return weight;
}
