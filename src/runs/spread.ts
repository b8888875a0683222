import { DCT } from './cosines.js';
import { classOf, directionOf, type Runs } from './runs.js';

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
  for (let direction = 0; direction < 2; direction++) {
    const marks = runs[direction]!;
    const hop = direction ? 1 : stride;
    for (const i of positions.filter(i => classOf(marks[i]!) === 1))
      for (const k of planes)
        if (directionOf(k >> 3, k & 7) === direction)
          spreadLine(values, k * places + i, out, spreadRow(k) * places + i, hop, marks[i]!);
  }
  return out;
}

/** Adds to 2^l numbers at out[to + n * hop] the inverse DCT of those at values[from + n * hop], most of which are 0. */
function spreadLine(
  values: Int32Array,
  from: number,
  out: Float64Array,
  to: number,
  hop: number,
  l: number,
): void {
  const dct = DCT[l]!;
  for (let f = 0; f < dct.length; f += 1 << l, from += hop) {
    const value = values[from]!;
    if (value) for (let j = 0; j < 1 << l; j++) out[to + j * hop]! += value * dct[f + j]!;
  }
}
