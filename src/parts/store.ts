import { roomFor } from '../core/room.js';
import type { Grid } from '../matrices/blocks.js';
import { type Factor, MARGIN } from '../planes/factor.js';
import type { Window } from '../planes/factors.js';
import { ORDER8 } from '../planes/order.js';
import { emptyRuns, type Runs } from '../runs/runs.js';
import { rowsIn } from './windows.js';

/** The factors of a large picture, without plane 0, in as few bytes as possible; by channel, block b at b. Threads may share it. */
export interface Store {
  /**
   * Half of the values of a Factor, as many for each block as it needs: plane ORDER8[n] is at begins[b] + n, n from 1 to counts[b] - 1. All
   * other levels are 0.
   */
  levels: (Int16Array | Int32Array)[];
  begins: Int32Array[];
  counts: Uint8Array[];
  /** By position, as in the factor of a picture of one part. */
  runs: Runs[];
  /** Columns in use, and the exponents of rows. */
  ends: Uint8Array[];
  rows: Int8Array[];
  fineRows: Int8Array[];
}

/** A store of zeros for this many channels of a grid. `deep`: levels take more than 16 bits. */
export function emptyStore(channels: number, { cols, rows }: Omit<Grid, 'block'>, deep: boolean): Store {
  const blocks = cols * rows;
  const all = <T>(make: () => T): T[] => Array.from({ length: channels }, make);
  const bytes = (length = blocks): Uint8Array => new Uint8Array(roomFor(length));
  const exponents = (): Int8Array => new Int8Array(roomFor(blocks));
  const marks = (): Uint8Array => bytes((cols + 2 * MARGIN) * (rows + 2 * MARGIN));
  return {
    // Space for all levels: memory that is never touched is never allocated.
    levels: all(() => (deep ? new Int32Array(roomFor(256 * blocks)) : new Int16Array(roomFor(128 * blocks)))),
    begins: all(() => new Int32Array(roomFor(4 * blocks))),
    counts: all(() => bytes()),
    runs: all((): Runs => [marks(), marks(), marks()]),
    ends: all(() => bytes()),
    rows: all(exponents),
    fineRows: all(exponents),
  };
}

/** Levels of a window: plane k of its block b is at at(b) + k * hop, in units of `unit`. */
export interface Laid {
  from: Int32Array;
  at: (b: number) => number;
  hop: number;
  unit: 1 | 2;
}

/**
 * Puts the levels of channel c of part n of these parts into a store; those of block b end before column ends(b). Each part has space of
 * its own in the store. Throws RangeError if a level needs more bits than the store has.
 */
export function keepLevels(
  { levels, begins, counts }: Store,
  c: number,
  { from, at, hop, unit }: Laid,
  ends: (b: number) => number,
  parts: readonly Window[],
  n: number,
  across: number,
): void {
  const kept = levels[c]!;
  const most = kept instanceof Int16Array ? 32_767 : 2 ** 31;
  let to = 64 * parts.slice(0, n).reduce((sum, { cols, rows }) => sum + cols * rows, 0);
  for (const { at: first, from: there, length } of rowsIn(parts[n]!, across))
    for (let j = 0; j < length; j++) {
      const begin = at(first + j);
      let count = ends(first + j);
      while (count > 1 && !from[begin + ORDER8[count - 1]! * hop]) count--;
      begins[c]![there + j] = to - 1;
      counts[c]![there + j] = count;
      for (let n = 1; n < count; n++) {
        const level = from[begin + ORDER8[n]! * hop]! / unit;
        if (level > most || -level > most) throw new RangeError('a level of more bits than the store has');
        kept[to++] = level;
      }
    }
}

/** The levels of channel c in a window: plane k of block b goes to [b * 64 + k] of `out`, which must hold zeros. */
export function levelsIn(
  { levels, begins, counts }: Store,
  c: number,
  window: Window,
  across: number,
  out = new Int32Array(64 * window.cols * window.rows),
): Int32Array {
  const kept = levels[c]!;
  for (const { at, from: there, length } of rowsIn(window, across))
    for (let j = 0; j < length; j++) {
      const from = begins[c]![there + j]!;
      const count = counts[c]![there + j]!;
      for (let n = 1; n < count; n++) out[(at + j) * 64 + ORDER8[n]!] = kept[from + n]!;
    }
  return out;
}

/**
 * The rows of blocks of a window: where one begins by position in `of`, a factor of the window, and in a factor of the picture in one part,
 * and its length.
 */
function placedRows(
  window: Window,
  across: number,
  { positions }: Pick<Factor, 'positions'>,
): { here: number; there: number; length: number }[] {
  const stride = across + 2 * MARGIN;
  return rowsIn(window, across).map(({ at, from, length }) => ({
    here: positions[at]!,
    there: (Math.floor(from / across) + MARGIN) * stride + (from % across) + MARGIN,
    length,
  }));
}

/**
 * Copies the runs of a window, by the positions of its factor `of`, into those of channel c in a store. The grid of the picture is `across`
 * blocks wide.
 */
export function keepRuns(
  { runs: all }: Store,
  c: number,
  [columns, rows]: Runs,
  of: Pick<Factor, 'positions'>,
  window: Window,
  across: number,
): void {
  const [keptColumns, keptRows] = all[c]!;
  for (const { here, there, length } of placedRows(window, across, of))
    for (let j = 0; j < length; j++) {
      keptColumns[there + j] = columns[here + j]!;
      keptRows[there + j] = rows[here + j]!;
    }
}

/** The runs of channel c in a window, by the positions of its factor. */
export function runsIn(
  { runs: all }: Store,
  c: number,
  of: Pick<Factor, 'positions' | 'places'>,
  window: Window,
  across: number,
): Runs {
  const runs = emptyRuns(of.places);
  const [columns, rows] = runs;
  const [keptColumns, keptRows] = all[c]!;
  for (const { here, there, length } of placedRows(window, across, of))
    for (let j = 0; j < length; j++) {
      columns[here + j] = keptColumns[there + j]!;
      rows[here + j] = keptRows[there + j]!;
    }
  return runs;
}

/** Puts what a reader of a part knows of a channel, besides levels and runs, into a store. `of` is the factor of the window. */
export function keepRows(store: Store, c: number, of: Factor, window: Window, across: number): void {
  const { ends, positions, rowWeights, fineRowWeights } = of;
  for (const { at, from, length } of rowsIn(window, across)) {
    store.ends[c]!.set(ends.subarray(at, at + length), from);
    for (let j = 0; j < length; j++) {
      const i = positions[at + j]!;
      store.rows[c]![from + j] = rowWeights[i]!;
      store.fineRows[c]![from + j] = fineRowWeights[i]!;
    }
  }
}
