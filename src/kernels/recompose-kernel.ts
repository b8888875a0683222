import { NORMS8 } from '../matrices/lapping.js';
import { type Factor, rowsOf } from '../planes/factor.js';
import type { Factors } from '../planes/factors.js';
import { ORDER8 } from '../planes/order.js';
import { recompose } from '../planes/recompose.js';
import { DCT } from '../runs/cosines.js';
import { directionOf } from '../runs/runs.js';
import { synthesiseRows } from './matrix-kernels.js';
import { type More, placedAt, putRows } from './placed-factors.js';
import type { Room } from './room.js';

/** Bytes of Rows and of OfPlane of kernels/recompose.ts, and what it works with. */
const ROWS = 64;
const OF_PLANE = 32;
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
const sizesOf = ({ places, cols }: Factor): number[] => [
  ...[ROWS + 64 * OF_PLANE, WORK, 8 * places, 12 * 4 * 8 * cols, 128, 4 * DCT.length],
  ...DCT.map(({ byteLength }) => byteLength),
];

/** The bytes that a room must have besides so that factors in it can be recomposed, and in how many pieces. */
export function recomposingIn({ channels: [first] }: Factors): More {
  const sizes = sizesOf(first!);
  return { bytes: sizes.reduce((sum, bytes) => sum + bytes, 0), pieces: sizes.length };
}

const all = new WeakMap<Room, Places>();

/** The places in a room, taken where they are wanted for the first time. Throws RangeError where it was made without. */
function placesIn(room: Room, of: Factor): Places {
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

/** Describes a channel, as Rows of kernels/recompose.ts has it. */
function describe(room: Room, places: Places, of: Factor, unit: number, rank: number): void {
  const { words, doubles } = room;
  const placed = placedAt(of)!;
  const [columns, rows] = of.runs;
  const planes = places.rows + ROWS;
  const most = Math.min(rank, 64);
  doubles.set(of.plane0, places.plane0 >> 3);
  words.set(
    [
      ...[placed.positions, of.ends.byteOffset, places.plane0, columns.byteOffset, rows.byteOffset],
      ...[putRows(placed, of.rowWeights, 0), putRows(placed, rowsOf(of, 63), 1)],
      ...[most, planes, of.stride, places.cosines, places.work],
    ],
    places.rows >> 2,
  );
  for (let n = 0, at = planes; n < most; n++, at += OF_PLANE) {
    const k = ORDER8[n]!;
    const direction = n ? directionOf(k >> 3, k & 7) : 2;
    doubles[at >> 3] = unit / NORMS8[k]!;
    words.set(
      [
        ...[room.steps + 8 * of.columnWeights[k]!, of.values.byteOffset + 4 * k * of.places, 8 * k],
        ...[(k >> 3) + (k & 7) > 2 ? 1 : 0, direction < 2 ? of.runs[direction]!.byteOffset : 0],
        direction ? 1 : of.stride,
      ],
      (at >> 2) + 2,
    );
  }
}

/** Recomposing of channels on the DCT basis whose factors lie in a room. */
export const recomposeKernel: typeof recompose = (of, unit, rank, basis, side = 8, shown = of) => {
  const room = placedAt(of)?.room;
  if (!room || of !== shown || basis?.rotations.length) return recompose(of, unit, rank, basis, side, shown);
  const places = placesIn(room, of);
  describe(room, places, of, unit, rank);
  const step = 4 * side * of.cols;
  return synthesiseRows(room, places, of, side, (from, to, at) =>
    room.run.recomposeRow(places.rows, from, to, side, at, step),
  );
};
