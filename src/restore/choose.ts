import { GROUP_OF_CLASS } from '../tables/tables.js';
import { TURNS } from './filter.js';
import { PAD, type Samples } from './samples.js';

/** Bounds of a block's activity, in steps. */
const ACTIVITY = [0.05, 0.12, 0.25, 0.6];

const { abs } = Math;

/**
 * Which filter each 8x8 block of the first channel takes, group * TURNS + turn: by whether it is `coded`, 1, or has plane 0 alone, 0, and by
 * its activity and direction. `step` is the quantiser step.
 */
export function chooseFilters({ width, stride, data }: Samples, coded: Uint8Array, step: number): Uint8Array {
  const bounds = ACTIVITY.map(a => Math.floor(1024 * step * a));
  const cols = width >> 3;
  const chosen = new Uint8Array(coded.length);
  for (let b = 0; b < coded.length; b++) {
    // Absolute second differences at every second sample, as on a chessboard: across, down, along the diagonal, along the other one.
    let across = 0;
    let down = 0;
    let one = 0;
    let other = 0;
    let row = (Math.floor(b / cols) * 8 + PAD) * stride + (b % cols) * 8 + PAD;
    for (let y = 0; y < 8; y++, row += stride)
      for (let p = row + (y & 1), end = row + 8; p < end; p += 2) {
        const s = 2 * data[p]!;
        const north = p - stride;
        const south = p + stride;
        across += abs(s - data[p - 1]! - data[p + 1]!);
        down += abs(s - data[north]! - data[south]!);
        one += abs(s - data[north - 1]! - data[south + 1]!);
        other += abs(s - data[north + 1]! - data[south - 1]!);
      }
    const sum = across + down;
    const crossSum = one + other;
    let activity = 0;
    while (activity < 4 && sum > bounds[activity]!) activity++;
    // A direction is clear where the larger of two differences is over 9/5 of the smaller, that is, 7 |larger - smaller| > 2 (larger + smaller).
    const straight = abs(across - down) * crossSum > abs(one - other) * sum;
    const lean = straight ? across - down : one - other;
    const direction = 7 * abs(lean) > 2 * (straight ? sum : crossSum) ? (straight ? 1 : 2) : 0;
    const group = GROUP_OF_CLASS[(activity * 3 + direction) * 2 + coded[b]!]!;
    chosen[b] = group * TURNS + (lean < 0 ? direction : 0);
  }
  return chosen;
}
