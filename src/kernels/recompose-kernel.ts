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

/** Bytes of Rows and ShownPlane in kernels/recompose.ts, and of its scratch space. */
const ROWS = 64;
const SHOWN_PLANE = 32;
const WORK = 1536;

/** Addresses of what is needed to recompose one channel after another. */
interface Places {
  /** A description of its rows, with their planes after it. */
  rows: number;
  work: number;
  /** Plane 0 by position. */
  plane0: number;
  /** A band of samples, and weights of the overlap. */
  band: number;
  weights: number;
  /** A list of the DCTs of runs, by the binary logarithm of their length. */
  cosines: number;
}

/** Bytes of these, and of the DCTs. */
const sizesOf = ({ places, cols }: Pick<Factor, 'places' | 'cols'>): number[] => [
  ...[ROWS + 64 * SHOWN_PLANE, WORK, 8 * places, 12 * 4 * 8 * cols, 128, 4 * DCT.length],
  ...DCT.map(({ byteLength }) => byteLength),
];

const sumOf = (sizes: number[]): number => sizes.reduce((sum, bytes) => sum + bytes, 0);

/** Extra bytes that a room needs so that factors in it can be recomposed, and the number of pieces. */
export function recomposingIn({ channels: [first] }: Factors): More {
  const sizes = sizesOf(first!);
  return { bytes: sumOf(sizes), pieces: sizes.length };
}

const placesByRoom = new WeakMap<Room, Places>();

/** The places in a room, taken on first use. Throws RangeError if the room has no space for them. */
function placesIn(room: Room, factor: Pick<Factor, 'places' | 'cols'>): Places {
  const known = placesByRoom.get(room);
  if (known) return known;
  const [rows, work, plane0, band, weights, cosines, ...dcts] = sizesOf(factor).map(bytes =>
    room.take(bytes),
  ) as [...[number, number, number, number, number, number], ...number[]];
  for (const [l, at] of dcts.entries()) room.doubles.set(DCT[l]!, at >> 3);
  room.words.set(dcts, cosines >> 2);
  const places = { rows, work, plane0, band, weights, cosines };
  placesByRoom.set(room, places);
  return places;
}

/** Addresses in a room of what a factor has by block and by position: see Rows in kernels/recompose.ts. */
interface ByPosition {
  positions: number;
  ends: number;
  columns: number;
  rows: number;
  coarse: number;
  fine: number;
}

/** The addresses of a factor that is in a room. */
const inPlace = (placed: Placed, factor: Factor): ByPosition => ({
  positions: placed.positions,
  ends: factor.ends.byteOffset,
  columns: factor.runs[0].byteOffset,
  rows: factor.runs[1].byteOffset,
  coarse: putRows(placed, factor.rowWeights, 0),
  fine: putRows(placed, rowsOf(factor, 63), 1),
});

/** A room with the values of a window, and places for the rest of what a shown channel needs. */
interface WindowRoom {
  room: Room;
  at: ByPosition;
}

const windows = new WeakMap<ArrayBufferLike, WindowRoom>();

/** Values of the factors of a window, in a room of their own. */
const placedValues =
  (machine: Machine): typeof windowValues =>
  (channels, size) => {
    const { places, cols, rows } = size;
    const blocks = cols * rows;
    const sizes = [4 * blocks, blocks, places, places, places, places];
    try {
      const bytes = sumOf([channels * 256 * places, ...sizes, ...sizesOf(size)]);
      const room = new Room(machine, bytes, channels + sizes.length + sizesOf(size).length);
      const values = Array.from({ length: channels }, () => room.ints(64 * places));
      const [positions, ends, columns, across, coarse, fine] = sizes.map(bytes => room.take(bytes)) as [
        ...[number, number, number, number, number, number],
      ];
      windows.set(room.buffer, { room, at: { positions, ends, columns, rows: across, coarse, fine } });
      placesIn(room, size);
      return values;
    } catch {
      return windowValues(channels, size); // no memory for a room
    }
  };

/** Copies the rest there. */
function putShown({ room: { words, bytes }, at }: WindowRoom, shown: Factor): ByPosition {
  const { positions, ends, runs, rowWeights } = shown;
  words.set(positions, at.positions >> 2);
  bytes.set(ends, at.ends);
  bytes.set(runs[0], at.columns);
  bytes.set(runs[1], at.rows);
  // Exponents are signed: copied as bytes.
  const put = ({ buffer, byteOffset, length }: Int8Array, to: number): void =>
    bytes.set(new Uint8Array(buffer, byteOffset, length), to);
  put(rowWeights, at.coarse);
  put(rowsOf(shown, 63), at.fine);
  return at;
}

/** Describes a channel as Rows in kernels/recompose.ts. */
function describe(
  room: Room,
  places: Places,
  factor: Factor,
  { positions, ends, columns, rows, coarse, fine }: ByPosition,
  unit: number,
  rank: number,
): void {
  const { words, doubles } = room;
  const most = Math.min(rank, 64);
  const planes = places.rows + ROWS;
  doubles.set(factor.plane0, places.plane0 >> 3);
  words.set(
    [
      ...[positions, ends, places.plane0, columns, rows, coarse, fine],
      ...[most, planes, factor.stride, places.cosines, places.work],
    ],
    places.rows >> 2,
  );
  for (let n = 0, at = planes; n < most; n++, at += SHOWN_PLANE) {
    const k = ORDER8[n]!;
    const direction = n ? directionOf(k >> 3, k & 7) : 2;
    doubles[at >> 3] = unit / NORMS8[k]!;
    words.set(
      [
        ...[
          room.steps + 8 * factor.columnWeights[k]!,
          factor.values.byteOffset + 4 * k * factor.places,
          8 * k,
        ],
        ...[(k >> 3) + (k & 7) > 2 ? 1 : 0, direction < 2 ? [columns, rows][direction]! : 0],
        direction ? 1 : factor.stride,
      ],
      (at >> 2) + 2,
    );
  }
}

/** Recomposes channels on the DCT basis whose factors, or whose values in a window, are in a room. */
const recomposePlaced: typeof recompose = (factor, unit, rank, basis, side = 8, shown = factor) => {
  const placed = placedAt(factor);
  const window = placed ? undefined : windows.get(factor.values.buffer);
  const room = placed?.room ?? window?.room;
  if (!room || (placed && factor !== shown) || basis?.rotations.length)
    return recompose(factor, unit, rank, basis, side, shown);
  const places = placesIn(room, factor);
  const at = placed ? inPlace(placed, factor) : putShown(window!, shown);
  describe(room, places, factor, at, unit, rank);
  const step = 4 * side * shown.cols;
  return synthesiseRows(room, places, shown, side, (from, to, at) =>
    room.run.recomposeRow(places.rows, from, to, side, at, step),
  );
};

export const recomposeKernels = (machine: Machine): RecomposeKernels => ({
  recompose: recomposePlaced,
  windowValues: placedValues(machine),
});
