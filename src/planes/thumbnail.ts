import type { Plane } from '../core/plane.js';
import { gridOf, synthesise } from '../matrices/blocks.js';
import { NORMS } from '../matrices/lapping.js';
import { extendPlane0 } from './dc.js';
import { type Factor, MARGIN, positionOf } from './factor.js';

/**
 * Plane 0 of a channel from its own level's factor, in steps: a picture of one sample a block (cropped to the grid of `of`). Of the level's
 * planes only those that `keep` has, where it is given.
 */
export function thumbnail(level: Factor, of: Factor, keep?: Uint8Array): Plane {
  const scale = NORMS[4].map(norm => 0.5 / norm);
  const full = synthesise(gridOf(of.cols, of.rows, 4), (b, x) => {
    const from = positionOf(level, b) * 16;
    for (let k = 0; k < 16; k++) if (!keep || keep[k]) x[k] = level.values[from + k]! * scale[k]!;
    return 4;
  });
  const data = new Float32Array(of.cols * of.rows);
  for (let y = 0; y < of.rows; y++)
    data.set(full.data.subarray(y * full.width, y * full.width + of.cols), y * of.cols);
  return { width: of.cols, height: of.rows, data };
}

/**
 * Puts plane 0 where the contexts of the other planes read it: element 0 of each position in the unit of the values (half steps), edges
 * repeated into the margin, and half of the activity of its own level.
 */
export function seedContexts(channel: Factor, level: Factor, thumb: Plane): void {
  const { cols, rows, stride, size, values, activity } = channel;
  for (let y = -MARGIN; y < rows + MARGIN; y++)
    for (let x = -MARGIN; x < cols + MARGIN; x++) {
      const cx = Math.max(0, Math.min(cols - 1, x));
      const cy = Math.max(0, Math.min(rows - 1, y));
      const at = (y + MARGIN) * stride + x + MARGIN;
      values[at * size] = Math.floor(thumb.data[cy * cols + cx]! * 2 + 0.5);
      if (cx === x && cy === y)
        activity[at] = level.activity[((y >> 2) + MARGIN) * level.stride + (x >> 2) + MARGIN]! >> 1;
    }
}

/** Starts the regressions of a chroma channel on the channels before it: a quarter of what the differences of plane 0 to the right and down say. */
export function seedRegressions(factors: Factor[], channel: number, role: number): void {
  const own = factors[channel]!;
  for (let before = 1; before <= role; before++) {
    const x = factors[channel - role + before - 1]!.values;
    const squares = new Float64Array(own.alive.length);
    const products = new Float64Array(own.alive.length);
    const { values: y, size, stride, cols, rows } = own;
    for (let b = 0; b < cols * rows; b++) {
      const i = positionOf(own, b);
      for (const next of [i + 1, i + stride]) {
        const dx = x[next * size]! - x[i * size]!;
        squares[i]! += (dx * dx) / 4;
        products[i]! += (dx * (y[next * size]! - y[i * size]!)) / 4;
      }
    }
    if (before === 1) [own.lumaSquares, own.lumaProducts] = [squares, products];
    else [own.chromaSquares, own.chromaProducts] = [squares, products];
  }
}

/** What the contexts remember of plane 0 of plane 0's level once it is read: its edges, repeated into the margin, and the regressions. */
export function settleDc(factors: Factor[], channel: number, role: number): void {
  extendPlane0(factors[channel]!);
  seedRegressions(factors, channel, role);
}
