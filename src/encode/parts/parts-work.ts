import type { Raster } from '../../core/raster.js';
import type { Basis } from '../../factors/rotation.js';
import { type Grid, gridOf } from '../../matrices/blocks.js';
import type { Window } from '../../planes/factors.js';
import type { Weights } from '../../planes/weights.js';
import type { Levels } from '../../planes/write.js';
import type { Runs } from '../../runs/runs.js';
import type { QuantiseOptions } from '../levels/choose-levels.js';

/** Blocks a side of what is quantised by itself; what is left at an edge goes with the part before it where it is less than half of that. */
const SIDE = 128;

/** What is known of a large picture when the levels of its parts are chosen, and where these go. It can be cloned, and threads may share its arrays. */
export interface PartsWork {
  /** Of the picture, without its samples. */
  raster: Omit<Raster, 'data'>;
  /** Code of the quantiser step. */
  code: number;
  options: QuantiseOptions;
  weights: Weights | undefined;
  bases: (Basis | undefined)[];
  /** X V by channel: see Analysis. */
  channels: Float32Array[];
  /** The levels of plane 0. */
  thumbs: Levels[];
  parts: Window[];
  chosen: ChosenParts;
}

/** What is chosen, by channel. */
export interface ChosenParts {
  levels: Int32Array[];
  lastBands: Uint8Array[];
  /** By position, as the factor of a picture of one part has them. */
  runs: Runs[];
  /** By part and step of a plain order: gain and bits, see Chosen. */
  worths: Float64Array;
}

/** The parts of a grid, row by row. */
export function partsOfGrid({ cols, rows }: Omit<Grid, 'block'>): Window[] {
  const across = spans(cols);
  return spans(rows).flatMap(([top, height]) =>
    across.map(([left, width]) => ({ left, top, cols: width, rows: height })),
  );
}

/** Where the parts of so many blocks in a row begin, and how long they are. */
function spans(blocks: number): [begin: number, length: number][] {
  const count = Math.max(1, Math.round(blocks / SIDE));
  return Array.from({ length: count }, (_, n) => [
    n * SIDE,
    (n < count - 1 ? (n + 1) * SIDE : blocks) - n * SIDE,
  ]);
}

/** A block looks at plane 0 of those so many away: two in its margin, and their overlap. */
const REACH = 4;

/** The blocks of plane 0's level that those in a window look at. */
export function levelWindow({ left, top, cols, rows }: Window, thumbGrid: Omit<Grid, 'block'>): Window {
  const along = (from: number, size: number, most: number): [number, number] => {
    const first = Math.max(0, (from - REACH) >> 2);
    return [first, Math.min(most, ((from + size + REACH - 1) >> 2) + 1) - first];
  };
  const [x, width] = along(left, cols, thumbGrid.cols);
  const [y, height] = along(top, rows, thumbGrid.rows);
  return { left: x, top: y, cols: width, rows: height };
}

/** The grids of blocks of a picture and of plane 0's level. */
export function gridsOf({ width, height }: Omit<Raster, 'data'>): { grid: Grid; thumbGrid: Grid } {
  const grid = gridOf(width, height, 8);
  return { grid, thumbGrid: gridOf(grid.cols, grid.rows, 4) };
}

/** Copies what belongs to the blocks in a window, `size` numbers each, out of an array of all of them. */
export function windowOf<T extends Float32Array | Int32Array>(
  of: T,
  size: number,
  { cols }: Omit<Grid, 'block'>,
  window: Window,
): T {
  const out = of.slice(0, window.cols * window.rows * size) as T;
  eachRow(window, cols, (at, from, length) => {
    out.set(of.subarray(from * size, (from + length) * size), at * size);
  });
  return out;
}

/** Calls `copy` with each row of blocks of a window: the first of them in it, and in the grid of so many columns, and their number. */
export function eachRow(
  { left, top, cols, rows }: Window,
  across: number,
  copy: (at: number, from: number, length: number) => void,
): void {
  for (let y = 0; y < rows; y++) copy(y * cols, (top + y) * across + left, cols);
}
