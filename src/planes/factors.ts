import { colourCount } from '../core/raster.js';
import { type Grid, gridOf } from '../matrices/blocks.js';
import type { Tiles } from '../tiles/model.js';
import { emptyFactor, type Factor } from './factor.js';
import { roleOf } from './schedule.js';
import { columnExponents, type Weights } from './weights.js';

/** A rectangle of blocks of a picture, or of plane 0's level. Its borders are borders of parts or of the picture. */
export interface Window extends Omit<Grid, 'block'> {
  left: number;
  top: number;
}

/** The quantised factors of a picture: U of each channel, for all blocks or those in a window, and of each channel's plane 0. */
export interface Factors {
  channels: Factor[];
  thumbs: Factor[];
  /** The exact cells, if any. */
  tiles?: Tiles;
}

/** What the factors of a picture depend on, from its header. */
export interface Shape {
  width: number;
  height: number;
  channels: number;
  /** Code of the quantiser step; needed if there are weights. */
  step: number;
  weights?: Weights | undefined;
  /** Is the file in the compact form, which has no runs? */
  compact?: boolean | undefined;
  /** Binary logarithm of the blocks a side of a part. Default: one part is the whole picture. */
  part?: number | undefined;
}

/** What is read of a picture: blocks of the channels, and the blocks of plane 0's level that they need. */
export interface Windows {
  window: Window;
  level: Window;
}

/** Factors of zeros for a picture, or for windows of it. `ints`: see `emptyFactor`. */
export function emptyFactors(
  { width, height, channels, weights, part }: Shape,
  windows?: Windows,
  ints?: (length: number) => Int32Array,
): Factors {
  const make = (grid: Grid, window?: Window): Factor[] => {
    let like: Factor | undefined;
    return Array.from(
      { length: channels },
      () => (like = emptyFactor({ ...grid, ...window }, part, ints, like)),
    );
  };
  const grid = gridOf(width, height, 8);
  const of = make(grid, windows?.window);
  if (weights)
    for (let c = 0; c < colourCount(channels); c++)
      of[c]!.columnWeights = columnExponents(weights, roleOf(c, channels));
  return { channels: of, thumbs: make(gridOf(grid.cols, grid.rows, 4), windows?.level) };
}
