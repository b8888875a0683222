import { RATE } from '../bits/adaptive.js';
import { COST } from '../encode/levels/costs.js';
import { NORMS, STEPS } from '../planes/weights.js';
import { CODER } from './coder-state.js';
import type { Exports, Machine } from './machine.js';

/** Below this nothing is placed: address 0 means that there is none. */
const BASE = 64;
const PAGE = 65_536;
/** What a vector may read beyond a piece. */
const BEYOND = 64;

/** Bytes of a coder's window on its stream, and the most that one block takes. */
export const WINDOW = 8192;
export const BLOCK_BYTES = 256;

/** What all rooms have: bytes of tables, of a visit and a coder's state, of contexts, and of a window. */
const OVERHEAD =
  BASE +
  4 * RATE.length +
  4 * COST.length +
  16 * STEPS.length +
  4096 +
  3 * 2 * 8192 +
  WINDOW +
  BLOCK_BYTES +
  16 * BEYOND;

/** Addresses of what goes with a desk. */
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
}

/** Bytes of each, but for the levels. */
export const DESK = [256, 64 * 32, 3 * 64 * 4, 32 * 25 * 4, 64 * 8 * 8, 20 * 8] as const;
type DeskAddresses = [number, number, number, number, number, number];

/** By memory, those that hold a desk. */
const rooms = new WeakMap<ArrayBufferLike, Room>();

/** The room with a desk in which all these arrays lie; undefined where there is none. */
export function roomHolding(first: ArrayBufferView, ...others: ArrayBufferView[]): Room | undefined {
  const room = rooms.get(first.buffer);
  return others.every(({ buffer }) => buffer === first.buffer) ? room : undefined;
}

/**
 * Kernels with a memory of their own, in which the factors of one picture lie, for as long as anybody has a use for these: no two pictures share one. It never grows, so that
 * views of it stay good, and is gone with the last of them.
 */
export class Room {
  readonly run: Exports;
  readonly buffer: ArrayBuffer;
  readonly bytes: Uint8Array;
  readonly shorts: Uint16Array;
  readonly words: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  /** By exponent + EXPONENT_ORIGIN, as NORMS and STEPS. */
  readonly norms: number;
  readonly steps: number;
  /** Of a visit, of taps and terms of predictions, of a coder, of its contexts, and of its window. */
  readonly visit: number;
  readonly lists: number;
  readonly coder: number;
  readonly contexts: number;
  readonly window: number;
  /** What the quantiser has beside its arrays, where it works here. */
  desk: DeskPlaces | undefined;
  private end = BASE;
  private prices = 0;

  /** For pieces of so many bytes in all, in so many pieces. Throws RangeError where there is no memory. */
  constructor(machine: Machine, size: number, pieces: number) {
    this.run = machine.instance();
    this.run.memory.grow(Math.ceil((OVERHEAD + size + pieces * (BEYOND + 16)) / PAGE));
    this.buffer = this.run.memory.buffer;
    this.bytes = new Uint8Array(this.buffer);
    this.shorts = new Uint16Array(this.buffer);
    this.words = new Int32Array(this.buffer);
    this.floats = new Float32Array(this.buffer);
    this.doubles = new Float64Array(this.buffer);
    this.visit = this.take(512);
    this.lists = this.take(1024);
    this.coder = this.take(64);
    this.contexts = this.take(3 * 2 * 8192);
    this.window = this.take(WINDOW + BLOCK_BYTES);
    this.norms = this.take(8 * NORMS.length);
    this.steps = this.take(8 * STEPS.length);
    this.doubles.set(NORMS, this.norms >> 3);
    this.doubles.set(STEPS, this.steps >> 3);
    const rates = this.take(4 * RATE.length);
    this.words.set(RATE, rates >> 2);
    this.words[(this.coder >> 2) + CODER.rates] = rates;
  }

  /** The address of a piece of so many bytes, a multiple of 16. Throws RangeError where the room is full. */
  take(bytes: number): number {
    const at = this.end;
    this.end = (at + bytes + BEYOND + 15) & ~15;
    if (this.end > this.buffer.byteLength) throw new RangeError('the room is full');
    return at;
  }

  bytesOf(length: number): Uint8Array {
    return new Uint8Array(this.buffer, this.take(length), length);
  }

  ints(length: number): Int32Array {
    return new Int32Array(this.buffer, this.take(4 * length), length);
  }

  unsigned(length: number): Uint32Array {
    return new Uint32Array(this.buffer, this.take(4 * length), length);
  }

  floatsOf(length: number): Float32Array {
    return new Float32Array(this.buffer, this.take(4 * length), length);
  }

  /** The same numbers in a view of this memory. */
  copy(of: Uint8Array): Uint8Array {
    const view = new Uint8Array(this.buffer, this.take(of.length), of.length);
    view.set(of);
    return view;
  }

  /** Has the quantiser work here: `levels` is a place as large as the levels of a channel. */
  setDesk(levels: number): void {
    const [work, planes, zero, sizes, flags, weights] = DESK.map(bytes => this.take(bytes)) as DeskAddresses;
    this.desk = { levels, work, planes, zero, sizes, flags, weights };
    rooms.set(this.buffer, this);
  }

  holds({ buffer }: ArrayBufferView): boolean {
    return buffer === this.buffer;
  }

  /** Puts what probabilities cost where meters look. */
  price(): void {
    if (this.prices) return;
    this.prices = this.take(4 * COST.length);
    this.floats.set(COST, this.prices >> 2);
    this.words[(this.coder >> 2) + CODER.prices] = this.prices;
  }
}
