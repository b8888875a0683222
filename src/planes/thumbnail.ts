import { GAINS4, inverse4, rounded } from '../matrices/inverse4.js';
import { extendPlane0 } from './dc.js';
import { type Factor, MARGIN } from './factor.js';
import { ORDER4 } from './order.js';
import { startRegression } from './regression.js';

/**
 * Plane 0 of a channel from its own level's factor, in half steps: a picture of one sample a block, in integers of 1/256, since it decides contexts. Of the
 * level's columns only the first `rank`, 1 or more.
 */
export function thumbnail(channel: Factor, level: Factor, rank = level.size): void {
  const width = 4 * level.cols;
  const data = new Float64Array(width * 4 * level.rows);
  for (let b = 0; b < level.positions.length; b++) {
    const corner = Math.floor(b / level.cols) * 4 * width + (b % level.cols) * 4;
    for (const k of ORDER4.subarray(0, rank)) {
      const value = level.values[k * level.places + level.positions[b]!]!;
      data[corner + (k >> 2) * width + (k & 3)] = rounded(256 * value * GAINS4[k >> 2]! * GAINS4[k & 3]!);
    }
  }
  inverse4(data, width);
  const { cols, places, positions } = channel;
  channel.plane0 = new Float64Array(places);
  for (let b = 0; b < positions.length; b++)
    channel.plane0[positions[b]!] = data[Math.floor(b / cols) * width + (b % cols)]! / 256;
}

/** Puts plane 0 where the contexts of the other planes read it: rounded, and half of the activity of its own level. */
export function seedContexts({ stride, positions, plane0, values, activity }: Factor, level: Factor): void {
  for (const i of positions) {
    const x = ((i % stride) - MARGIN) >> 2;
    const y = (Math.floor(i / stride) - MARGIN) >> 2;
    values[i] = Math.floor(plane0![i]! + 0.5);
    activity[i] = level.activity[(y + MARGIN) * level.stride + x + MARGIN]! >> 1;
  }
}

/**
 * What the contexts remember of plane 0: its edges, repeated into the margin, and the start of the regressions of a chroma channel on the channels before
 * it.
 */
export function settlePlane0(factors: Factor[], channel: number, role: number): void {
  const own = factors[channel]!;
  extendPlane0(own);
  own.regressions = factors.slice(channel - role, channel).map(other => startRegression(own, other.values));
}
