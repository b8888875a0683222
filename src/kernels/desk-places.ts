import type { Room } from './room.js';

/** Addresses of what goes with a desk that lies in a room. */
export interface DeskPlaces {
  /** Of levels that lie elsewhere and are put here for a moment. */
  levels: number;
  /** Of a description of the work, and of the planes in it. */
  work: number;
  planes: number;
  /** Of prices of "not zero" or their slopes, of those of magnitudes, and of alive flags. */
  zero: number;
  sizes: number;
  flags: number;
  /** Of weights of a plane. */
  weights: number;
  /** Of exponents of columns, and of the steps of all planes by exponent of the row: see `inSteps` of kernels/levels.ts. */
  columns: number;
  tables: number;
  /** Of the band of each plane. */
  bands: number;
}

/** Bytes of each, but for the levels. */
export const DESK = [
  256,
  64 * 32,
  3 * 64 * 4,
  32 * 25 * 4,
  64 * 8 * 8,
  20 * 8,
  64,
  128 * (1 + 64 * 8),
  64 * 4,
] as const;

const all = new WeakMap<Room, DeskPlaces>();
const rooms = new WeakMap<ArrayBufferLike, Room>();

/** What goes with the desk in a room; undefined where there is none. */
export const deskIn = (room: Room | undefined): DeskPlaces | undefined => room && all.get(room);

/** The room with a desk in which all these arrays lie; undefined where there is none. */
export function roomHolding(first: ArrayBufferView, ...others: ArrayBufferView[]): Room | undefined {
  return others.every(({ buffer }) => buffer === first.buffer) ? rooms.get(first.buffer) : undefined;
}

/** Gives a room what goes with a desk: `levels` is a place as large as the levels of a channel. Throws RangeError where the room is full. */
export function placeDesk(room: Room, levels: number): void {
  const [work, planes, zero, sizes, flags, weights, columns, tables, bands] = DESK.map(bytes =>
    room.take(bytes),
  ) as Places;
  all.set(room, { levels, work, planes, zero, sizes, flags, weights, columns, tables, bands });
  rooms.set(room.buffer, room);
}
type Places = [number, number, number, number, number, number, number, number, number];
