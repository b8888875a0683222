import { fail } from '../core/errors.js';
import { type Header, PART_SIDE } from '../format/header.js';
import { ownRanges, type Parts, partsOf } from '../format/ranges.js';
import { gridOf } from '../matrices/blocks.js';
import type { Window } from '../planes/factors.js';

/** A rectangle of pixels. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is decoded to show a region. */
export interface Shown {
  /** The pixels at full size. */
  region: Region;
  /** The blocks that these look at: with the overlap, the restoration and whole runs. */
  view: Window;
  /** The blocks of the parts that hold them. */
  window: Window;
  /** The blocks of plane 0's level in the parts that hold what these look at. */
  level: Window;
  /** The parts of plane 0's level, as the ranges of a layer; none where it is one. */
  levels: number[];
  /** The parts of the channels in the same way. */
  parts: number[];
  /** Both. */
  ranges: number[];
}

/** A pixel looks at samples less than so many pixels away. */
const REACH = 16;
/** What is read of a block looks at plane 0 of those less than so many blocks away: two in the margin of its part, and their overlap. */
const PLANE0_REACH = 4;

/**
 * What is decoded for a region of the picture at 1 / scale of its size; all of it unless one is given. Throws OPTION where it is not one of whole pixels inside of the picture.
 */
export function shownBy(header: Header, asked: Region | undefined, scale: number): Shown {
  const { width, height, part } = header;
  const most = [width, height].map(side => Math.ceil(side / scale)) as [number, number];
  const { x, y, width: w, height: h } = asked ?? { x: 0, y: 0, width: most[0], height: most[1] };
  const inside = (from: number, size: number, side: number): boolean =>
    Number.isInteger(from) && Number.isInteger(size) && from >= 0 && size > 0 && from + size <= side;
  if (!inside(x, w, most[0]) || !inside(y, h, most[1]))
    fail('OPTION', 'region', Object.values(asked!), `pixels of ${most}`);
  const right = Math.min(width, (x + w) * scale);
  const bottom = Math.min(height, (y + h) * scale);
  const region = { x: x * scale, y: y * scale, width: right - x * scale, height: bottom - y * scale };
  const { channels, thumbs } = partsOf(header);
  const grid = gridOf(width, height, 8);
  const pixels = { left: region.x, top: region.y, cols: region.width, rows: region.height };
  const window = aligned(pixels, REACH, 3, part, grid);
  const level = aligned(window, PLANE0_REACH, 2, part, gridOf(grid.cols, grid.rows, 4));
  const levels = partsIn(level, part, thumbs, 1);
  const parts = partsIn(window, part, channels, 1 + ownRanges(thumbs));
  const view = aligned(pixels, REACH, 3, PART_SIDE, grid);
  return { region, view, window, level, levels, parts, ranges: [...levels, ...parts] };
}

/** The blocks of 2^block samples a side that hold a rectangle of samples and all less than `reach` from it, in parts of 2^side blocks a side, as far as these lie in the grid. */
function aligned(
  of: Window,
  reach: number,
  block: number,
  side: number,
  grid: { cols: number; rows: number },
): Window {
  const along = (from: number, size: number, blocks: number): [number, number] => {
    const first = (Math.max(0, from - reach) >> (block + side)) << side;
    return [first, Math.min(blocks, (((from + size + reach) >> (block + side)) + 1) << side) - first];
  };
  const [left, cols] = along(of.left, of.cols, grid.cols);
  const [top, rows] = along(of.top, of.rows, grid.rows);
  return { left, top, cols, rows };
}

/** The parts of 2^side blocks a side in a window, as ranges of which that of part 0 is `first`; none where there is one part. */
function partsIn(
  { left, top, cols, rows }: Window,
  side: number,
  { across, count }: Parts,
  first: number,
): number[] {
  const ranges: number[] = [];
  if (count > 1)
    for (let y = top >> side; y << side < top + rows; y++)
      for (let x = left >> side; x << side < left + cols; x++) ranges.push(first + y * across + x);
  return ranges;
}
