import { NORMS8 } from '../matrices/lapping.js';
import { type Factor, rowsOf } from '../planes/factor.js';
import type { Factors } from '../planes/factors.js';
import type { RecomposeKernels } from '../planes/kernels.js';
import { ORDER8 } from '../planes/order.js';
import { recompose } from '../planes/recompose.js';
import { windowValues } from '../planes/window-values.js';
import { DCT } from '../runs/cosines.js';
import { directionOf } from '../runs/runs.js';
import type { Machine } from './machine.js';
import { synthesiseRows } from './matrix-kernels.js';
import { type More, type Placed, placedAt, putRows } from './placed-factors.js';
import { Room } from './room.js';

/** Bytes of Rows and of ShownPlane of kernels/recompose.ts, and what it works with. */
const ROWS = 64;
const SHOWN_PLANE = 32;
const WORK = 1536;

/** Addresses of what one channel after the other is recomposed with. */
interface Places {
  /** Of a description of its rows, with their planes after it. */
  rows: number;
  work: number;
  /** Plane 0 by position. */
  plane0: number;
  /** Of a band of samples, and of weights of the overlap. */
  band: number;
  weights: number;
  /** Of a list of the DCTs of runs, by the binary logarithm of their length. */
  cosines: number;
}

/** Bytes of these, and of the DCTs. */
const sizesOf = ({ places, cols }: Pick<Factor, 'places' | 'cols'>): number[] => [
  ...[ROWS + 64 * SHOWN_PLANE, WORK, 8 * places, 12 * 4 * 8 * cols, 128, 4 * DCT.length],
  ...DCT.map(({ byteLength }) => byteLength),
];

const sumOf = (sizes: number[]): number => sizes.reduce((sum, bytes) => sum + bytes, 0);

/** The bytes that a room must have besides so that factors in it can be recomposed, and in how many pieces. */
export function recomposingIn({ channels: [first] }: Factors): More {
  const sizes = sizesOf(first!);
  return { bytes: sumOf(sizes), pieces: sizes.length };
}

const all = new WeakMap<Room, Places>();

/** The places in a room, taken where they are wanted for the first time. Throws RangeError where it was made without. */
function placesIn(room: Room, of: Pick<Factor, 'places' | 'cols'>): Places {
  const known = all.get(room);
  if (known) return known;
  const [rows, work, plane0, band, weights, cosines, ...dcts] = sizesOf(of).map(bytes =>
    room.take(bytes),
  ) as [...[number, number, number, number, number, number], ...number[]];
  for (const [l, at] of dcts.entries()) room.doubles.set(DCT[l]!, at >> 3);
  room.words.set(dcts, cosines >> 2);
  const places = { rows, work, plane0, band, weights, cosines };
  all.set(room, places);
  return places;
}

/** Where what a factor has by block and by position lies in a room: see Rows of kernels/recompose.ts. */
interface ByPosition {
  positions: number;
  ends: number;
  columns: number;
  rows: number;
  coarse: number;
  fine: number;
}

/** Of a factor that lies in its room. */
const inPlace = (placed: Placed, of: Factor): ByPosition => ({
  positions: placed.positions,
  ends: of.ends.byteOffset,
  columns: of.runs[0].byteOffset,
  rows: of.runs[1].byteOffset,
  coarse: putRows(placed, of.rowWeights, 0),
  fine: putRows(placed, rowsOf(of, 63), 1),
});

/** A room with the values of a window, and where the rest of what is shown of a channel is put. */
interface WindowRoom {
  room: Room;
  at: ByPosition;
}

const windows = new WeakMap<ArrayBufferLike, WindowRoom>();

/** Values of the factors of a window, in a room of their own. */
const placedValues =
  (machine: Machine): typeof windowValues =>
  (channels, of) => {
    const { places, cols, rows } = of;
    const blocks = cols * rows;
    const sizes = [4 * blocks, blocks, places, places, places, places];
    try {
      const bytes = sumOf([channels * 256 * places, ...sizes, ...sizesOf(of)]);
      const room = new Room(machine, bytes, channels + sizes.length + sizesOf(of).length);
      const values = Array.from({ length: channels }, () => room.ints(64 * places));
      const [positions, ends, columns, across, coarse, fine] = sizes.map(bytes => room.take(bytes)) as [
        ...[number, number, number, number, number, number],
      ];
      windows.set(room.buffer, { room, at: { positions, ends, columns, rows: across, coarse, fine } });
      placesIn(room, of);
      return values;
    } catch {
      return windowValues(channels, of); // no memory for a room
    }
  };

/** Puts the rest there. */
function putShown({ room: { words, bytes }, at }: WindowRoom, shown: Factor): ByPosition {
  const { positions, ends, runs, rowWeights } = shown;
  words.set(positions, at.positions >> 2);
  bytes.set(ends, at.ends);
  bytes.set(runs[0], at.columns);
  bytes.set(runs[1], at.rows);
  // Exponents are signed: their bytes.
  const put = ({ buffer, byteOffset, length }: Int8Array, to: number): void =>
    bytes.set(new Uint8Array(buffer, byteOffset, length), to);
  put(rowWeights, at.coarse);
  put(rowsOf(shown, 63), at.fine);
  return at;
}

/** Describes a channel, as Rows of kernels/recompose.ts has it. */
function describe(
  room: Room,
  places: Places,
  of: Factor,
  { positions, ends, columns, rows, coarse, fine }: ByPosition,
  unit: number,
  rank: number,
): void {
  const { words, doubles } = room;
  const most = Math.min(rank, 64);
  const planes = places.rows + ROWS;
  doubles.set(of.plane0, places.plane0 >> 3);
  words.set(
    [
      ...[positions, ends, places.plane0, columns, rows, coarse, fine],
      ...[most, planes, of.stride, places.cosines, places.work],
    ],
    places.rows >> 2,
  );
  for (let n = 0, at = planes; n < most; n++, at += SHOWN_PLANE) {
    const k = ORDER8[n]!;
    const direction = n ? directionOf(k >> 3, k & 7) : 2;
    doubles[at >> 3] = unit / NORMS8[k]!;
    words.set(
      [
        ...[room.steps + 8 * of.columnWeights[k]!, of.values.byteOffset + 4 * k * of.places, 8 * k],
        ...[(k >> 3) + (k & 7) > 2 ? 1 : 0, direction < 2 ? [columns, rows][direction]! : 0],
        direction ? 1 : of.stride,
      ],
      (at >> 2) + 2,
    );
  }
}

/** Recomposing of channels on the DCT basis whose factors, or whose values in a window, lie in a room. */
const recomposePlaced: typeof recompose = (of, unit, rank, basis, side = 8, shown = of) => {
  const placed = placedAt(of);
  const window = placed ? undefined : windows.get(of.values.buffer);
  const room = placed?.room ?? window?.room;
  if (!room || (placed && of !== shown) || basis?.rotations.length)
    return recompose(of, unit, rank, basis, side, shown);
  const places = placesIn(room, of);
  const at = placed ? inPlace(placed, of) : putShown(window!, shown);
  describe(room, places, of, at, unit, rank);
  const step = 4 * side * shown.cols;
  return synthesiseRows(room, places, shown, side, (from, to, at) =>
    room.run.recomposeRow(places.rows, from, to, side, at, step),
  );
};

export const recomposeKernels = (machine: Machine): RecomposeKernels => ({
  recompose: recomposePlaced,
  windowValues: placedValues(machine),
});
