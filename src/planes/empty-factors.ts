import { colourCount } from '../core/raster.js';
import { type Grid, gridOf } from '../matrices/blocks.js';
import { type Factor, factor, WHOLE } from './factor.js';
import type { Factors, Shape, Window } from './read-factors.js';
import { roleOf } from './schedule.js';
import { columnExponents } from './weights.js';

/** Factors of zeros for a picture, or for a window of it. `ints` makes their largest arrays. */
export function emptyFactors(
  { width, height, channels, weights, part }: Shape,
  window?: Window,
  ints?: (length: number) => Int32Array,
): Factors {
  const make = (grid: Grid, side = WHOLE, left = 0, top = 0): Factor[] =>
    Array.from({ length: channels }, () => factor(grid, side, left, top, ints));
  const grid = gridOf(width, height, 8);
  const of = make({ ...grid, ...window }, part, window?.left, window?.top);
  if (weights)
    for (let c = 0; c < colourCount(channels); c++)
      of[c]!.columnWeights = columnExponents(weights, roleOf(c, channels));
  return { channels: of, thumbs: make(gridOf(grid.cols, grid.rows, 4)) };
}
