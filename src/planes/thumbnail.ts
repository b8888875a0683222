import { clamp } from '../core/clamp.js';
import type { Grid } from '../matrices/blocks.js';
import { GAINS4, inverse4, rounded } from '../matrices/inverse4.js';
import { extendPlane0 } from './dc.js';
import { type Factor, numberAt } from './factor.js';
import { ORDER4 } from './order.js';
import { startRegression } from './regression.js';

/**
 * Computes plane 0 of a channel of `grid` blocks from the factor of its own level, from the first `rank` columns, 1 or more. Both may hold
 * a window of the picture, the level all that the channel's window looks at. The result is a picture of one sample a block, in integers of
 * 1/256 of a half step, since it decides contexts. It goes into `plane0` and, rounded, to where the contexts of the other planes read it.
 */
export function thumbnail(
  channel: Factor,
  level: Factor,
  { cols, rows }: Omit<Grid, 'block'>,
  rank = level.size,
): void {
  const width = 4 * level.cols;
  const data = new Float64Array(width * 4 * level.rows);
  const order = ORDER4.subarray(0, rank);
  for (let b = 0; b < level.positions.length; b++) {
    const corner = Math.floor(b / level.cols) * 4 * width + (b % level.cols) * 4;
    for (const k of order) {
      const value = level.values[k * level.places + level.positions[b]!]!;
      data[corner + (k >> 2) * width + (k & 3)] = rounded(256 * GAINS4[k >> 2]! * GAINS4[k & 3]! * value);
    }
  }
  inverse4(data, width);
  const { side, stride, places, values, left, top } = channel;
  const plane0 = new Float64Array(places);
  channel.plane0 = plane0;
  // Margins too, so that the edges of the picture repeat.
  const columns = new Int32Array(stride);
  for (let x = 0; x < stride; x++) columns[x] = clamp(0, left + numberAt(x, side), cols - 1) - 4 * level.left;
  for (let i = 0; i < places; ) {
    const row = (clamp(0, top + numberAt(i / stride, side), rows - 1) - 4 * level.top) * width;
    for (let x = 0; x < stride; x++, i++) {
      plane0[i] = data[row + columns[x]!]! / 256;
      values[i] = Math.floor(plane0[i]! + 0.5);
    }
  }
}

/** Gives each block of a channel half of the activity of its own level. */
export function seedActivity({ cols, left, top, positions, activity }: Factor, level: Factor): void {
  for (let b = 0; b < positions.length; b++) {
    const x = ((left + (b % cols)) >> 2) - level.left;
    const y = ((top + Math.floor(b / cols)) >> 2) - level.top;
    activity[positions[b]!] = level.activity[level.positions[y * level.cols + x]!]! >> 1;
  }
}

/** Prepares plane 0 that was coded by itself for the contexts of the others: repeats its edges and begins the regressions. */
export function settlePlane0(factors: Factor[], channel: number, role: number): void {
  extendPlane0(factors[channel]!);
  startRegressions(factors, channel, role);
}

/** Begins the regressions of a chroma channel on the channels before it, once plane 0 of all of them is known. */
export function startRegressions(factors: Factor[], channel: number, role: number): void {
  const own = factors[channel]!;
  own.regressions = factors.slice(channel - role, channel).map(other => startRegression(own, other.values));
}
