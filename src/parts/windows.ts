import type { Raster } from '../core/raster.js';
import { type Grid, gridOf } from '../matrices/blocks.js';
import type { Window } from '../planes/factors.js';

/**
 * Blocks a side of the parts that are worked on separately, a multiple of the longest run. A remainder at the edge of less than half of
 * this joins the part before it.
 */
const SIDE = 64;

/** A window for channels of which next to nothing is needed. */
export const ONE_BLOCK: Window = { left: 0, top: 0, cols: 1, rows: 1 };

type Size = Pick<Window, 'cols' | 'rows'>;

/** The parts of a grid to work on, row by row. */
export function partsOfGrid({ cols, rows }: Size): Window[] {
  const across = spans(cols);
  return spans(rows).flatMap(([top, height]) =>
    across.map(([left, width]) => ({ left, top, cols: width, rows: height })),
  );
}

/** Where the parts of a row of this many blocks begin, and their lengths. */
function spans(blocks: number): [begin: number, length: number][] {
  const count = Math.max(1, Math.round(blocks / SIDE));
  return Array.from({ length: count }, (_, n) => [
    n * SIDE,
    (n < count - 1 ? (n + 1) * SIDE : blocks) - n * SIDE,
  ]);
}

/** The parts of 2^side blocks a side of a file, row by row. */
export function partsOfFile({ cols, rows }: Size, side: number): Window[] {
  const windows: Window[] = [];
  for (let top = 0; top < rows; top += 2 ** side)
    for (let left = 0; left < cols; left += 2 ** side)
      windows.push({
        ...{ left, top },
        ...{ cols: Math.min(2 ** side, cols - left), rows: Math.min(2 ** side, rows - top) },
      });
  return windows;
}

/** A block looks at plane 0 of blocks up to this far away: two in its margin, and their overlap. */
const REACH = 4;

/** The blocks of plane 0's level that the blocks in a window look at. */
export function levelWindow(window: Window, thumbGrid: Size): Window {
  const { left, top, cols, rows } = window;
  const along = (from: number, size: number, most: number): [number, number] => {
    const first = Math.max(0, (from - REACH) >> 2);
    return [first, Math.min(most, ((from + size + REACH - 1) >> 2) + 1) - first];
  };
  const [x, width] = along(left, cols, thumbGrid.cols);
  const [y, height] = along(top, rows, thumbGrid.rows);
  return { left: x, top: y, cols: width, rows: height };
}

/** The blocks of plane 0's level that belong to a part, in a window of it; by default in all of it. */
export const ownLevel = (
  { left, top, cols, rows }: Window,
  level: Pick<Window, 'left' | 'top'> = { left: 0, top: 0 },
): Window => ({
  ...{ left: (left >> 2) - level.left, top: (top >> 2) - level.top },
  ...{ cols: (cols + 3) >> 2, rows: (rows + 3) >> 2 },
});

/** A window with `by` more blocks on each side, extended to multiples of `unit`, as far as the grid goes. */
export function around({ left, top, cols, rows }: Window, by: number, grid: Size, unit = 1): Window {
  const along = (from: number, size: number, most: number): [number, number] => {
    const first = Math.floor(Math.max(0, from - by) / unit) * unit;
    return [first, Math.min(most, Math.ceil((from + size + by) / unit) * unit) - first];
  };
  const [x, width] = along(left, cols, grid.cols);
  const [y, height] = along(top, rows, grid.rows);
  return { left: x, top: y, cols: width, rows: height };
}

/** The grids of blocks of a picture and of plane 0's level. */
export function gridsOf({ width, height }: Pick<Raster, 'width' | 'height'>): {
  grid: Grid;
  thumbGrid: Grid;
} {
  const grid = gridOf(width, height, 8);
  return { grid, thumbGrid: gridOf(grid.cols, grid.rows, 4) };
}

/** Arrays of numbers that are stored block by block. */
type Numbers = Float32Array | Int32Array | Int16Array | Uint16Array | Uint8Array | Int8Array;

/** Copies the numbers of the blocks in a window, `size` each, from an array of all blocks. */
export function windowOf<T extends Numbers>(of: T, size: number, { cols }: Size, window: Window): T {
  const make = of.constructor as { new (length: number): T };
  const out = new make(window.cols * window.rows * size);
  for (const { at, from, length } of rowsIn(window, cols))
    out.set(of.subarray(from * size, (from + length) * size), at * size);
  return out;
}

/** Copies them, or others, back. The mirror of windowOf. */
export function putWindow<T extends Numbers>(
  into: T,
  size: number,
  { cols }: Size,
  window: Window,
  of: T,
): void {
  for (const { at, from, length } of rowsIn(window, cols))
    into.set(of.subarray(at * size, (at + length) * size), from * size);
}

/**
 * For each row of blocks of a window: its first block in the window and in the grid, `across` blocks wide, and their number. A list, since
 * the engine compiles callbacks anew each time.
 */
export const rowsIn = (
  { left, top, cols, rows }: Window,
  across: number,
): { at: number; from: number; length: number }[] =>
  Array.from({ length: rows }, (_, y) => ({ at: y * cols, from: (top + y) * across + left, length: cols }));
