import type { Raster } from '../core/raster.js';
import { inRoom } from '../core/room.js';
import type { Factor } from '../planes/factor.js';
import type { Window } from '../planes/factors.js';
import { gridsOf, levelWindow } from './windows.js';

/** Plane 0's level of a channel as written: the data that the parts of the channel need of it. */
export type Level = Pick<Factor, 'block' | 'size' | 'cols' | 'places' | 'positions' | 'values' | 'activity'>;

/** A level in memory that threads can share. */
export const levelOf = ({ block, size, cols, places, positions, values, activity }: Factor): Level => ({
  ...{ block, size, cols, places },
  ...{ positions: inRoom(positions), values: inRoom(values), activity: inRoom(activity) },
});

/** The part of a level that the blocks of a window look at: a factor with what `thumbnail` and `seedActivity` need. */
export function levelIn(level: Level, raster: Pick<Raster, 'width' | 'height'>, window: Window): Factor {
  const { thumbGrid } = gridsOf(raster);
  const { left, top, cols, rows } = levelWindow(window, thumbGrid);
  const { block, size, places, values, activity } = level;
  const positions = new Int32Array(cols * rows);
  for (let y = 0; y < rows; y++) {
    const from = (top + y) * level.cols + left;
    positions.set(level.positions.subarray(from, from + cols), y * cols);
  }
  // Written out: for objects that are spread together, the engine makes a new type each time, and recompiles what uses them.
  return { block, size, cols, rows, left, top, places, positions, values, activity } as Factor;
}
