import { roomFor } from '../core/room.js';
import type { Grid } from '../matrices/blocks.js';
import { type Factor, MARGIN } from '../planes/factor.js';
import type { Window } from '../planes/factors.js';
import { emptyRuns, type Runs } from '../runs/runs.js';
import { eachRow } from './windows.js';

/** The factors of a large picture, without plane 0, in as few bytes as will do: by channel, of block b at b, or from 64 b on. Threads may share it. */
export interface Store {
  /** Half of the values of a Factor. */
  levels: (Int16Array | Int32Array)[];
  /** By position, as the factor of a picture of one part has them. */
  runs: Runs[];
  /** Columns in use, and the exponents of rows. */
  ends: Uint8Array[];
  rows: Int8Array[];
  fineRows: Int8Array[];
}

/** A store of zeros for so many channels of a grid. `deep`: levels take more than 16 bits. */
export function emptyStore(channels: number, { cols, rows }: Omit<Grid, 'block'>, deep: boolean): Store {
  const blocks = cols * rows;
  const all = <T>(make: () => T): T[] => Array.from({ length: channels }, make);
  const bytes = (length = blocks): Uint8Array => new Uint8Array(roomFor(length));
  const exponents = (): Int8Array => new Int8Array(roomFor(blocks));
  const marks = (): Uint8Array => bytes((cols + 2 * MARGIN) * (rows + 2 * MARGIN));
  return {
    levels: all(() => (deep ? new Int32Array(roomFor(256 * blocks)) : new Int16Array(roomFor(128 * blocks)))),
    runs: all((): Runs => [marks(), marks(), marks()]),
    ends: all(() => bytes()),
    rows: all(exponents),
    fineRows: all(exponents),
  };
}

/** Calls `copy` with the rows of blocks of a window: where a row begins by position in `of`, a factor of the window, and in one of a picture of one part, and its length. */
function eachPlaced(
  window: Window,
  across: number,
  { positions }: Pick<Factor, 'positions'>,
  copy: (here: number, there: number, length: number) => void,
): void {
  const stride = across + 2 * MARGIN;
  eachRow(window, across, (at, from, length) => {
    const there = (Math.floor(from / across) + MARGIN) * stride + (from % across) + MARGIN;
    copy(positions[at]!, there, length);
  });
}

/** Puts the runs of a window, by the positions of its factor `of`, where those of channel c are in a store. The grid of the picture is `across` blocks wide. */
export function keepRuns(
  { runs: all }: Store,
  c: number,
  runs: Runs,
  of: Pick<Factor, 'positions'>,
  window: Window,
  across: number,
): void {
  eachPlaced(window, across, of, (here, there, length) => {
    for (const [direction, marks] of runs.entries())
      all[c]![direction]!.set(marks.subarray(here, here + length), there);
  });
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
  eachPlaced(window, across, of, (here, there, length) => {
    for (const [direction, marks] of all[c]!.entries())
      runs[direction]!.set(marks.subarray(there, there + length), here);
  });
  return runs;
}

/** Puts what a reader of a part knows of a channel beside levels and runs into a store. `of` is the factor of the window. */
export function keepRows(store: Store, c: number, of: Factor, window: Window, across: number): void {
  const { ends, positions, rowWeights, fineRowWeights } = of;
  eachRow(window, across, (at, from, length) => {
    store.ends[c]!.set(ends.subarray(at, at + length), from);
    for (let j = 0; j < length; j++) {
      const i = positions[at + j]!;
      store.rows[c]![from + j] = rowWeights[i]!;
      store.fineRows[c]![from + j] = fineRowWeights[i]!;
    }
  });
}
