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
  const own = levelWindow(window, thumbGrid);
  const positions = new Int32Array(own.cols * own.rows);
  for (let y = 0; y < own.rows; y++) {
    const from = (own.top + y) * level.cols + own.left;
    positions.set(level.positions.subarray(from, from + own.cols), y * own.cols);
  }
  return { ...level, ...own, positions } as Factor;
}
