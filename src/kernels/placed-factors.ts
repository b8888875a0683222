import type { Blocks, Factor } from '../planes/factor.js';
import { emptyFactors, type Factors } from '../planes/factors.js';
import type { Levels } from '../planes/write.js';
import type { Runs } from '../runs/runs.js';
import type { Machine } from './machine.js';
import { Room } from './room.js';

/** A factor with its arrays in a room, and space for what changes from step to step. Numbers are addresses. */
export interface Placed {
  room: Room;
  positions: number;
  /** Block numbers of a part, and the list that was copied there. */
  blocks: number;
  living: Blocks | undefined;
  /** Exponents of rows, and the array that was copied there. */
  rows: { at: number; of: Int8Array | undefined }[];
  /** Sums of up to two regressions. */
  sums: { squares: number; products: number }[];
  /** For writers, by block: levels of a plane, bold marks, notes; costs; last bands and levels of alive flags. */
  levels: number;
  bold: number;
  notes: number;
  costs: number;
  last: number;
  flags: number;
  /** Levels of all planes, plane after plane, if there is space for them, and the levels that were laid out there. */
  planes: number;
  laid: Levels | undefined;
}

/** Pictures with fewer numbers in U do without a room: making one takes longer. */
export const LEAST = 16_384;

const placedFactors = new WeakMap<Factor, Placed>();

/** Where a factor is placed; undefined where it is in no room. */
export const placedAt = (factor: Factor): Placed | undefined => placedFactors.get(factor);

/** Bytes of a factor in a room, and the number of pieces: all that `place` takes. */
const bytesOf = ({ size, places, positions }: Factor): number =>
  (2 * size + 1) * 4 * places + 4 * places + 4 * 4 * places + 2 * places + 35 * positions.length;
const PIECES = 32;

/** Makes factors in a room of their own, see placeFactors; `more` tells how much else it must hold. */
export const placingFactors =
  (machine: Machine, least: number, more?: (factors: Factors) => More): typeof emptyFactors =>
  (shape, windows) => {
    const factors = emptyFactors(shape, windows, noInts);
    placeFactors(machine, least, factors, more?.(factors));
    return factors;
  };

/** Bytes, and the number of pieces they come in. */
export interface More {
  bytes: number;
  pieces: number;
}

const none = new Int32Array(0);

/** Stands in for the large arrays of factors until they are placed. */
export const noInts = (): Int32Array => none;

/**
 * Places factors that were made with `noInts` in a room of their own, which has space for `more`. If they have fewer numbers than `least`,
 * or there is no memory, they get arrays as without kernels. Returns the room, if any.
 */
export function placeFactors(
  machine: Machine,
  least: number,
  { channels, thumbs }: Factors,
  more: More = { bytes: 0, pieces: 0 },
): Room | undefined {
  const list = [...channels, ...thumbs];
  if (list.reduce((sum, { places, size }) => sum + places * size, 0) >= least)
    try {
      const bytes = list.reduce((sum, factor) => sum + bytesOf(factor), more.bytes);
      const room = new Room(machine, bytes, list.length * PIECES + more.pieces);
      for (const factor of list) placedFactors.set(factor, place(factor, room));
      return room;
    } catch {
      // No memory for a room.
    }
  for (const factor of list) {
    factor.values = new Int32Array(factor.places * factor.size);
    factor.magnitudes = new Int32Array(factor.places * factor.size);
  }
  return undefined;
}

function place(factor: Factor, room: Room): Placed {
  const { places, size, positions } = factor;
  const blocks = positions.length;
  factor.values = room.ints(places * size);
  factor.magnitudes = room.ints(places * size);
  factor.activity = room.ints(places);
  factor.alive = room.copy(factor.alive);
  factor.ends = room.copy(factor.ends);
  factor.runs = factor.runs.map(marks => room.copy(marks)) as Runs;
  const ours = room.ints(blocks);
  ours.set(positions);
  factor.positions = ours;
  const sums = () => ({ squares: room.take(4 * places), products: room.take(4 * places) });
  const rows = () => ({ at: room.take(places), of: undefined });
  return {
    room,
    positions: ours.byteOffset,
    blocks: room.take(4 * blocks),
    living: undefined,
    rows: [rows(), rows()],
    sums: [sums(), sums()],
    levels: room.take(4 * blocks),
    bold: room.take(blocks),
    notes: room.take(4 * blocks),
    costs: room.take(8 * blocks),
    last: room.take(blocks),
    flags: room.take(8 * blocks),
    planes: 0,
    laid: undefined,
  };
}

/** Copies the numbers of a part's living blocks to where kernels look. */
export function putLiving(placed: Placed, living: Blocks): void {
  if (placed.living === living) return;
  placed.room.words.set(living, placed.blocks >> 2);
  placed.living = living;
}

/** Copies exponents of rows to where kernels look, and returns the address. `turn` is 0 or 1, so that both kinds of rows stay. */
export function putRows(placed: Placed, rows: Int8Array, turn: number): number {
  const slot = placed.rows[turn]!;
  if (slot.of !== rows) new Int8Array(placed.room.buffer).set(rows, slot.at);
  slot.of = rows;
  return slot.at;
}
