import { DCT } from './cosines.js';
import { directionOf, LONGEST, type Runs } from './runs.js';

/** The factor of a channel, as far as runs go: the value of plane k at position i stands at values[k * places + i]. */
export interface Folded {
  stride: number;
  places: number;
  positions: Int32Array;
  values: Int32Array;
  runs: Runs;
}

/** Where the weights of plane k that `spread` gives begin: at row * places. */
export const spreadRow = (k: number): number => (k < 8 ? k : 8 + (k >> 3));

/**
 * The weights of those of `planes` that runs take, in the units of the values: of plane k at position i at spreadRow(k) * places + i. In no run they are 0 here; the values
 * themselves are the weights.
 */
export function spread(
  { stride, places, positions, values, runs }: Folded,
  planes: Uint8Array,
): Float64Array {
  const out = new Float64Array(16 * places);
  for (const k of planes) {
    const direction = directionOf(k >> 3, k & 7);
    const marks = runs[direction]!;
    const hop = direction ? 1 : stride;
    for (let b = 0; b < positions.length; b++) {
      const i = positions[b]!;
      const l = marks[i]!;
      if (!l || l > LONGEST) continue;
      const n = 1 << l;
      const dct = DCT[l]!;
      const to = spreadRow(k) * places + i;
      for (let f = 0; f < n; f++) {
        const value = values[k * places + i + f * hop]!;
        if (value) for (let j = 0; j < n; j++) out[to + j * hop]! += value * dct[f * n + j]!;
      }
    }
  }
  return out;
}
