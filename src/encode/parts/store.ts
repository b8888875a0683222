import { roomFor } from '../../core/room.js';
import type { Grid } from '../../matrices/blocks.js';
import { MARGIN } from '../../planes/factor.js';
import type { Window } from '../../planes/factors.js';
import type { Runs } from '../../runs/runs.js';
import { eachRow } from './windows.js';

/** What has been made of a large picture, by channel: of block b at b, or from 64 b on. Threads may share it. */
export interface Store {
  /** See ChannelLevels. */
  levels: (Int16Array | Int32Array)[];
  lastBands: Uint8Array[];
  /** By position, as the factor of a picture of one part has them. */
  runs: Runs[];
  /** By part and step of a plain order: gain and bits, see Chosen. */
  worths: Float64Array;
  /** Of what is written, see Factor: columns in use, and the exponents of rows. */
  ends: Uint8Array[];
  rows: Int8Array[];
  fineRows: Int8Array[];
}

/** A store of zeros for so many channels of a grid. `deep`: levels are larger than 14 bits and a sign. */
export function emptyStore(channels: number, { cols, rows }: Grid, worths: number, deep: boolean): Store {
  const blocks = cols * rows;
  const all = <T>(make: () => T): T[] => Array.from({ length: channels }, make);
  const bytes = (length = blocks): Uint8Array => new Uint8Array(roomFor(length));
  const exponents = (): Int8Array => new Int8Array(roomFor(blocks));
  const marks = (): Uint8Array => bytes((cols + 2 * MARGIN) * (rows + 2 * MARGIN));
  return {
    levels: all(() => (deep ? new Int32Array(roomFor(256 * blocks)) : new Int16Array(roomFor(128 * blocks)))),
    lastBands: all(() => bytes()),
    runs: all((): Runs => [marks(), marks(), marks()]),
    worths: new Float64Array(roomFor(8 * worths)),
    ends: all(() => bytes()),
    rows: all(exponents),
    fineRows: all(exponents),
  };
}

/** Copies the marks of runs of a window of blocks from one place to another: in a picture of one part, and at `positions` of its own. */
export function eachMark(
  window: Window,
  { cols }: Pick<Grid, 'cols'>,
  positions: Int32Array,
  copy: (here: number, there: number, length: number) => void,
): void {
  const stride = cols + 2 * MARGIN;
  eachRow(window, cols, (at, from, length) => {
    const there = (Math.floor(from / cols) + MARGIN) * stride + (from % cols) + MARGIN;
    copy(positions[at]!, there, length);
  });
}
