import { fail } from '../core/errors.js';
import { type Header, PART_SIDE } from '../format/header.js';
import { partsOf } from '../format/ranges.js';
import { gridOf } from '../matrices/blocks.js';
import type { Window } from '../planes/read-factors.js';

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
  /** These parts, as the ranges of a layer; none where the picture is one. */
  ranges: number[];
}

/** A pixel looks at samples less than so many pixels away. */
const REACH = 16;

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
  const grid = gridOf(width, height, 8);
  const windowOf = (side: number): Window => {
    const along = (from: number, to: number, blocks: number): [number, number] => {
      const first = (Math.max(0, from - REACH) >> (3 + side)) << side;
      return [first, Math.min(blocks, (((to + REACH) >> (3 + side)) + 1) << side) - first];
    };
    const [left, cols] = along(region.x, right, grid.cols);
    const [top, rows] = along(region.y, bottom, grid.rows);
    return { left, top, cols, rows };
  };
  const window = windowOf(part);
  const { across, count } = partsOf(header);
  const ranges: number[] = [];
  if (count > 1)
    for (let py = window.top >> part; py << part < window.top + window.rows; py++)
      for (let px = window.left >> part; px << part < window.left + window.cols; px++)
        ranges.push(py * across + px + 1);
  return { region, view: windowOf(PART_SIDE), window, ranges };
}
