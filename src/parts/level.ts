import type { Raster } from '../core/raster.js';
import { inRoom } from '../core/room.js';
import type { Factor } from '../planes/factor.js';
import type { Window } from '../planes/factors.js';
import { gridsOf, levelWindow } from './windows.js';

/** Plane 0's level of a channel as it was written: what the parts of the channel are told of it. */
export type Level = Pick<Factor, 'block' | 'size' | 'cols' | 'places' | 'positions' | 'values' | 'activity'>;

/** A level where threads can see it. */
export const levelOf = ({ block, size, cols, places, positions, values, activity }: Factor): Level => ({
  ...{ block, size, cols, places },
  ...{ positions: inRoom(positions), values: inRoom(values), activity: inRoom(activity) },
});

/** What of a level those blocks of its channel look at that are in a window: a factor, as far as `thumbnail` and `seedActivity` are concerned. */
export function levelIn(level: Level, raster: Pick<Raster, 'width' | 'height'>, window: Window): Factor {
  const { thumbGrid } = gridsOf(raster);
  const { left, top, cols, rows } = levelWindow(window, thumbGrid);
  const { block, size, places, values, activity } = level;
  const positions = new Int32Array(cols * rows);
  for (let y = 0; y < rows; y++) {
    const from = (top + y) * level.cols + left;
    positions.set(level.positions.subarray(from, from + cols), y * cols);
  }
  // Written out: of objects put together of others the engine makes a new kind each time, and compiles what looks at them anew.
  return { block, size, cols, rows, left, top, places, positions, values, activity } as Factor;
}
