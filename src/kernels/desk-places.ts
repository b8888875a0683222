import type { Room } from './room.js';

/** Addresses of what belongs to a desk in a room. */
export interface DeskPlaces {
  /** Levels from elsewhere, copied here for a moment. */
  levels: number;
  /** A description of the work, and of the planes in it. */
  work: number;
  planes: number;
  /** Prices of "not zero" or their slopes, those of magnitudes, and those of alive flags. */
  zero: number;
  sizes: number;
  flags: number;
  /** Weights of a plane. */
  weights: number;
  /** Exponents of columns, and the steps of all planes by exponent of the row: see `inSteps` in kernels/levels.ts. */
  columns: number;
  tables: number;
  /** The band of each plane. */
  bands: number;
}

/** Bytes of each, except the levels. */
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

const deskPlaces = new WeakMap<Room, DeskPlaces>();
const rooms = new WeakMap<ArrayBufferLike, Room>();

/** The places of the desk in a room; undefined where there is none. */
export const deskIn = (room: Room | undefined): DeskPlaces | undefined => room && deskPlaces.get(room);

/** The room with a desk that holds all these arrays; undefined where there is none. */
export function roomHolding(first: ArrayBufferView, ...others: ArrayBufferView[]): Room | undefined {
  return others.every(({ buffer }) => buffer === first.buffer) ? rooms.get(first.buffer) : undefined;
}

/**
 * Adds the places of a desk to a room. `levels` is the address of space for the levels of a channel. Throws RangeError if the room is full.
 */
export function placeDesk(room: Room, levels: number): void {
  const [work, planes, zero, sizes, flags, weights, columns, tables, bands] = DESK.map(bytes =>
    room.take(bytes),
  ) as Places;
  deskPlaces.set(room, { levels, work, planes, zero, sizes, flags, weights, columns, tables, bands });
  rooms.set(room.buffer, room);
}
type Places = [number, number, number, number, number, number, number, number, number];
