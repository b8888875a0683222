import type { Raster } from '../../core/raster.js';
import { analyse } from '../../matrices/analyse.js';
import type { Grid } from '../../matrices/blocks.js';
import { gridsOf, ownLevel, putWindow, rowsIn, windowOf } from '../../parts/windows.js';
import type { Windows } from '../../planes/factors.js';
import type { Levels } from '../../planes/write.js';
import { thumbsOf } from '../analyse.js';

/**
 * The targets for plane 0's level that follow from the `targets` of the channels; all in steps. `channels` and `thumbs` are both without
 * loss. For a portion, the level around it stays as it is without loss.
 */
export function aimsOf(
  targets: Float32Array[],
  channels: Float32Array[],
  thumbs: Float32Array[],
  { raster, grid, thumbGrid }: { raster: Pick<Raster, 'width' | 'height'>; grid: Grid; thumbGrid: Grid },
  windows?: Windows,
): Float32Array[] {
  if (!windows) return thumbsOf(targets, grid, thumbGrid);
  const { window, level } = windows;
  const { grid: all } = gridsOf(raster);
  const width = Math.min(4 * level.cols, all.cols - 4 * level.left);
  const height = Math.min(4 * level.rows, all.rows - 4 * level.top);
  const place = { ...window, left: window.left - 4 * level.left, top: window.top - 4 * level.top };
  return thumbs.map((thumb, c) => {
    const data = new Float32Array(width * height);
    for (const { at, from, length } of rowsIn(place, width))
      for (let x = 0; x < length; x++)
        data[from + x] = targets[c]![64 * (at + x)]! - channels[c]![64 * (at + x)]!;
    const change = analyse({ width, height, data }, { block: 4, cols: level.cols, rows: level.rows });
    return thumb.map((x, i) => x + change[i]!);
  });
}

/** Copies the levels chosen for a portion's own blocks into those that it looks at. */
export function takeOwn(levels: Levels, chosen: Levels, { window, level }: Windows): void {
  const ownWindow = ownLevel(window, level);
  putWindow(levels, 16, level, ownWindow, windowOf(chosen, 16, level, ownWindow));
}
