import { colourBasis } from '../colour/basis.js';
import { toChannels } from '../colour/channels.js';
import { designColourBasis } from '../colour/design.js';
import type { Raster } from '../core/raster.js';
import { analyse, type Grid, gridOf } from '../matrices/blocks.js';

/** A picture taken apart as far as no choice of quality is needed: its channels' U for the DCT basis, and that of their plane 0. */
export interface Analysis {
  raster: Raster;
  colour: [number, number, number];
  /** Blocks of 8 of a channel, and blocks of 4 of its plane 0. */
  grid: Grid;
  thumbGrid: Grid;
  /** By channel: element k of block b at b * 64 + k, in units of 1 / 255 of the peak. */
  channels: Float32Array[];
  /** By channel: element k of block b of plane 0's level at b * 16 + k. */
  thumbs: Float32Array[];
}

/** Raster -> channels -> matrices. */
export function analysePicture(raster: Raster): Analysis {
  const colour: [number, number, number] = raster.channels >= 3 ? designColourBasis(raster) : [0, 0, 0];
  const grid = gridOf(raster.width, raster.height, 8);
  const thumbGrid = gridOf(grid.cols, grid.rows, 4);
  const channels = toChannels(raster, colourBasis(...colour)).map(channel => analyse(channel, grid));
  const thumbs = channels.map(u => {
    const data = Float32Array.from({ length: grid.cols * grid.rows }, (_, b) => u[b * 64]!);
    return analyse({ width: grid.cols, height: grid.rows, data }, thumbGrid);
  });
  return { raster, colour, grid, thumbGrid, channels, thumbs };
}
