import { gridOf, synthesise } from '../matrices/blocks.js';
import { NORMS } from '../matrices/lapping.js';
import { type Plane } from '../core/plane.js';
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
