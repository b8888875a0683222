import type { Plane } from '../core/plane.js';
import { plane } from '../core/plane.js';
import { analyse } from '../matrices/analyse.js';
import type { Grid } from '../matrices/blocks.js';
import { type Frame, MOVED } from './code-frame.js';

/**
 * The decoded frame before with its MOVED blocks shifted, taken apart as a frame is: coefficients by channel as `analyse` gives them. Between pixels the mean of
 * two or four. `planes` are the decoded channels of the frame before, whole blocks of them.
 */
export function movedFrame(planes: Plane[], grid: Grid, frame: Frame): Float32Array[] {
  if (!frame.sources.includes(MOVED)) return [];
  return planes.map(from => analyse(movedPlane(from, grid, frame), grid));
}

export function movedPlane(from: Plane, { cols }: Grid, { sources, vectors }: Pick<Frame, 'sources' | 'vectors'>): Plane {
  const to = plane(from.width, from.height);
  to.data.set(from.data);
  sources.forEach((source, b) => {
    if (source === MOVED) shiftBlock(from, to, (b % cols) * 8, Math.floor(b / cols) * 8, vectors[2 * b]!, vectors[2 * b + 1]!);
  });
  return to;
}

/** Puts the 8 x 8 pixels of `from` that lie (right, down) half pixels from (left, top) there in `to`; outside the edges repeat. */
function shiftBlock(from: Plane, to: Plane, left: number, top: number, right: number, down: number): void {
  const { data, width, height } = from;
  const [x0, fx, y0, fy] = [right >> 1, right & 1, down >> 1, down & 1];
  for (let y = 0; y < 8; y++) {
    const a = clamp(top + y + y0, height) * width;
    const b = clamp(top + y + y0 + fy, height) * width;
    for (let x = 0; x < 8; x++) {
      const l = clamp(left + x + x0, width);
      const r = clamp(left + x + x0 + fx, width);
      to.data[(top + y) * width + left + x] = (data[a + l]! + data[a + r]! + data[b + l]! + data[b + r]!) / 4;
    }
  }
}

const clamp = (at: number, end: number): number => (at < 0 ? 0 : at < end ? at : end - 1);
