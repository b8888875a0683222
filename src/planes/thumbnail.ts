import { extendPlane0 } from './dc.js';
import { type Factor, MARGIN, type Regression } from './factor.js';
import { recompose } from './recompose.js';

/**
 * Plane 0 of a channel from its own level's factor, in half steps: a picture of one sample a block. Of the level's columns only the first `rank`,
 * 1 or more.
 */
export function thumbnail(channel: Factor, level: Factor, rank = level.size): void {
  const { data, width } = recompose(level, 1, rank);
  const { cols, places, positions } = channel;
  const plane0 = new Float32Array(places);
  for (let b = 0; b < positions.length; b++)
    plane0[positions[b]!] = data[Math.floor(b / cols) * width + (b % cols)]!;
  channel.plane0 = plane0;
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
 * it, a quarter of what the differences to the right and down say.
 */
export function settlePlane0(factors: Factor[], channel: number, role: number): void {
  const own = factors[channel]!;
  extendPlane0(own);
  own.regressions = factors.slice(channel - role, channel).map(other => startRegression(own, other.values));
}

function startRegression({ values: y, stride, places, positions }: Factor, x: Int32Array): Regression {
  const squares = new Float64Array(places);
  const products = new Float64Array(places);
  for (let n = 0; n < positions.length; n++) {
    const i = positions[n]!;
    for (let next = i + 1; next <= i + stride; next += stride - 1) {
      const dx = x[next]! - x[i]!;
      squares[i]! += (dx * dx) / 4;
      products[i]! += (dx * (y[next]! - y[i]!)) / 4;
    }
  }
  return { x, squares, products };
}
