import type { Plane } from '../core/plane.js';
import { colourCount } from '../core/raster.js';
import type { Basis } from '../factors/rotation.js';
import { codedBlocks } from '../planes/coded-blocks.js';
import { emptyFactor, type Factor, WHOLE } from '../planes/factor.js';
import type { Shape, Window } from '../planes/factors.js';
import { recompose, windowValues } from '../planes/kernels.js';
import { ORDER8 } from '../planes/order.js';
import { roleOf } from '../planes/schedule.js';
import { stepOf } from '../planes/step.js';
import { thumbnail } from '../planes/thumbnail.js';
import { columnExponents } from '../planes/weights.js';
import { LONGEST } from '../runs/runs.js';
import { type Level, levelIn } from './level.js';
import { runsIn, type Store } from './store.js';
import { around, gridsOf, rowsIn, windowOf } from './windows.js';

/** A large picture after everything has been read. It can be cloned, and threads may share its arrays. */
export interface StoredPicture {
  shape: Shape;
  bases: (Basis | undefined)[];
  /** Columns in use. */
  columns: number;
  /** Plane 0's level, by channel. */
  levels: Level[];
  store: Store;
}

/** Blocks around a window that its samples depend on: by the overlap, and by the restoration. */
const REACH = 2;

/** The factors of a window of blocks. */
export interface Windowed {
  /** The factors of all blocks that belong to a run of a shown block. */
  factors: Factor[];
  /** The window with the blocks around it that it depends on, and their numbers and positions in the factors. */
  shown: Window;
  blocks: Int32Array;
  positions: Int32Array;
}

/** The channels of the shown blocks, as they are before the restoration, and what the restoration needs to know of them: see `restore`. */
export function channelsOf(of: StoredPicture, windowed: Windowed): { planes: Plane[]; coded: Uint8Array[] } {
  const { factors } = windowed;
  for (const c of factors.keys()) settle(of, windowed, c);
  const planes = factors.map((_, c) => channelOf(of, windowed, c));
  return { planes, coded: codedBlocks(factors.map(own => viewOf(own, windowed))) };
}

/** The shown blocks of channel c, with plane 0 settled, from its first `rank` columns. */
export const channelOf = (
  { shape, bases, columns }: StoredPicture,
  windowed: Windowed,
  c: number,
  rank = columns,
): Plane => {
  const of = windowed.factors[c]!;
  return recompose(of, stepOf(shape.step) / 2, rank, bases[c], 8, viewOf(of, windowed));
};

/** Computes plane 0 of channel c, from the first `rank` columns of its level, in its factor. */
export function settle(
  { shape, levels }: StoredPicture,
  { factors }: Windowed,
  c: number,
  rank?: number,
): void {
  const own = factors[c]!;
  thumbnail(own, levelIn(levels[c]!, shape, own), gridsOf(shape).grid, rank);
}

/** The factors of a window from the store, without plane 0. They are valid until the next call, which overwrites their values. */
export function factorsIn({ shape, store }: StoredPicture, window: Window): Windowed {
  const { weights, channels } = shape;
  const { grid } = gridsOf(shape);
  const shown = around(window, REACH, grid);
  const wide = around(shown, 0, grid, 2 ** LONGEST);
  const colours = colourCount(channels);
  const shell = shellOf(wide);
  const values = windowValues(channels, shell);
  const factors = store.levels.map((_, c) => {
    const of: Factor = {
      ...shell,
      ...{ left: wide.left, top: wide.top },
      values: values[c]!,
      ends: windowOf(store.ends[c]!, 1, grid, wide),
      runs: runsIn(store, c, shell, wide, grid.cols),
      rowWeights: new Int8Array(shell.places),
      fineRowWeights: new Int8Array(shell.places),
    };
    if (weights && c < colours) of.columnWeights = columnExponents(weights, roleOf(c, channels));
    putLevels(of, store, c, wide, shown, grid.cols);
    return of;
  });
  const blocks = new Int32Array(shown.cols * shown.rows);
  const inner = { ...shown, left: shown.left - wide.left, top: shown.top - wide.top };
  for (const { at, from, length } of rowsIn(inner, wide.cols))
    for (let j = 0; j < length; j++) blocks[at + j] = from + j;
  return { factors, shown, blocks, positions: blocks.map(b => shell.positions[b]!) };
}

/** Copies the levels that a store has of channel c in a window into the factor; of blocks around the shown ones, only those in runs. */
function putLevels(
  { positions, places, values, runs: [columns, rows], rowWeights, fineRowWeights }: Factor,
  { levels, begins, counts, rows: exponents, fineRows }: Store,
  c: number,
  wide: Window,
  shown: Window,
  across: number,
): void {
  const kept = levels[c]!;
  const left = shown.left - wide.left;
  for (const { at, from, length } of rowsIn(wide, across)) {
    const y = at / wide.cols + wide.top - shown.top;
    const inside = y >= 0 && y < shown.rows;
    for (let j = 0; j < length; j++) {
      const i = positions[at + j]!;
      if (!(inside && j >= left && j < left + shown.cols) && !columns[i] && !rows[i]) continue;
      rowWeights[i] = exponents[c]![from + j]!;
      fineRowWeights[i] = fineRows[c]![from + j]!;
      const begin = begins[c]![from + j]!;
      const count = counts[c]![from + j]!;
      for (let n = 1; n < count; n++) values[ORDER8[n]! * places + i] = 2 * kept[begin + n]!;
    }
  }
}

/** The arrays of a factor that depend only on the size of its window; most windows have the size of the one before. */
function shellOf({ cols, rows }: Window): Factor {
  if (shell?.cols !== cols || shell.rows !== rows) {
    const none = new Int32Array(0);
    shell = emptyFactor({ block: 8, cols, rows }, WHOLE, () => none);
  }
  return shell;
}
let shell: Factor | undefined;

/** The shown blocks of a factor, with what `recompose` needs: see `within`. */
function viewOf(of: Factor, { shown: { cols, rows }, blocks, positions }: Windowed): Factor {
  const ends = new Uint8Array(blocks.length);
  for (let n = 0; n < ends.length; n++) ends[n] = of.ends[blocks[n]!]!;
  return { ...of, cols, rows, positions, ends };
}

/** Cuts planes of the shown blocks to the window itself. */
export const innerOf = (planes: Plane[], shown: Window, window: Window): Plane[] =>
  planes.map(({ data, width, height }) => {
    const from = 8 * ((window.top - shown.top) * width + window.left - shown.left);
    return { width, height, data: data.subarray(from) };
  });
