import { fail } from '../core/errors.js';
import { type Header, PART_SIDE } from '../format/header.js';
import { ownRanges, type Parts, partsOf } from '../format/ranges.js';
import { gridOf } from '../matrices/blocks.js';
import type { Window } from '../planes/factors.js';
import type { Region } from './region.js';

/** What must be decoded to show a region. */
export interface Shown {
  /** The pixels at full size. */
  region: Region;
  /** The blocks that the pixels depend on: by the overlap, the restoration and whole runs. */
  view: Window;
  /** The blocks of the parts that hold `view`. */
  window: Window;
  /** The blocks of plane 0's level in the parts that `window` depends on. */
  level: Window;
  /** The parts of plane 0's level, as numbers of ranges of a layer; empty for a single part. */
  levels: number[];
  /** The parts of the channels, likewise. */
  parts: number[];
  /** Both. */
  ranges: number[];
}

/** A pixel depends on samples less than this many pixels away. */
const REACH = 16;
/** A block depends on plane 0 of blocks less than this far away: two in the margin of its part, and their overlap. */
const PLANE0_REACH = 4;

/**
 * What must be decoded for a region of the picture at 1 / scale of its size; by default, for all of it. Throws OPTION unless the region
 * consists of whole pixels inside the picture.
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

/**
 * The blocks of 2^block samples a side that hold a rectangle of samples and everything less than `reach` from it, extended to parts of
 * 2^side blocks a side, as far as the grid goes.
 */
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

/** The parts of 2^side blocks a side in a window, as numbers of ranges; part 0 is `first`. Empty for a single part. */
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
