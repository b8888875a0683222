import { RATE } from '../bits/adaptive.js';
import { COST } from '../encode/levels/costs.js';
import { NORMS, STEPS } from '../planes/weights.js';
import { CODER } from './coder-state.js';
import { kernelsFor } from './in-turn.js';
import type { Exports, Machine } from './machine.js';

/** Nothing is placed below this: address 0 means none. */
const BASE = 64;
const PAGE = 65_536;
/** Bytes that a vector may read beyond a piece. */
const BEYOND = 64;

/** Bytes of a coder's window on its stream, and the most that one block takes. */
export const WINDOW = 8192;
export const BLOCK_BYTES = 256;

/** Bytes that every room needs: for tables, a visit and a coder's state, contexts, and a window. */
const OVERHEAD =
  BASE +
  4 * RATE.length +
  4 * COST.length +
  20 * STEPS.length +
  4096 +
  3 * 2 * 8192 +
  WINDOW +
  BLOCK_BYTES +
  16 * BEYOND;

/**
 * Kernels with a memory that holds the factors of one picture for as long as anybody uses them; no two pictures share a room. The memory
 * never grows, so that views of it stay valid. It lasts as long as its views, or, where works are done in turn, until the next room.
 */
export class Room {
  readonly run: Exports;
  readonly buffer: ArrayBuffer;
  readonly bytes: Uint8Array;
  readonly shorts: Uint16Array;
  readonly words: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  /** By exponent + EXPONENT_ORIGIN: NORMS; NORMS in 1/4096, 32 bits; STEPS. */
  readonly norms: number;
  readonly wholeNorms: number;
  readonly steps: number;
  /** Addresses of a visit, of taps and terms of predictions, of a coder, of its contexts, and of its window. */
  readonly visit: number;
  readonly lists: number;
  readonly coder: number;
  readonly contexts: number;
  readonly window: number;
  private end = BASE;
  private prices = 0;

  /** A room for this many bytes in this many pieces. Throws RangeError if there is no memory. */
  constructor(machine: Machine, size: number, pieces: number) {
    this.run = kernelsFor(machine);
    const { memory } = this.run;
    const total = OVERHEAD + size + pieces * (BEYOND + 16);
    const before = memory.buffer.byteLength;
    if (total > before) memory.grow(Math.ceil((total - before) / PAGE));
    this.buffer = memory.buffer;
    this.bytes = new Uint8Array(this.buffer);
    this.bytes.fill(0, 0, Math.min(total, before));
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
    this.wholeNorms = this.take(4 * NORMS.length);
    this.steps = this.take(8 * STEPS.length);
    this.doubles.set(NORMS, this.norms >> 3);
    this.words.set(
      NORMS.map(norm => norm * 4096),
      this.wholeNorms >> 2,
    );
    this.doubles.set(STEPS, this.steps >> 3);
    const rates = this.take(4 * RATE.length);
    this.words.set(RATE, rates >> 2);
    this.words[(this.coder >> 2) + CODER.rates] = rates;
  }

  /** Takes a piece: its address, a multiple of 16. Throws RangeError if the room is full. */
  take(bytes: number): number {
    const at = this.end;
    this.end = (at + bytes + BEYOND + 15) & ~15;
    if (this.end > this.buffer.byteLength) throw new RangeError('the room is full');
    return at;
  }

  ints(length: number): Int32Array {
    return new Int32Array(this.buffer, this.take(4 * length), length);
  }

  /** Copies these bytes into the room. */
  copy(source: Uint8Array): Uint8Array {
    const view = new Uint8Array(this.buffer, this.take(source.length), source.length);
    view.set(source);
    return view;
  }

  holds({ buffer }: ArrayBufferView): boolean {
    return buffer === this.buffer;
  }

  /** Copies the prices of probabilities to where meters look, once. */
  price(): void {
    if (this.prices) return;
    this.prices = this.take(4 * COST.length);
    this.floats.set(COST, this.prices >> 2);
    this.words[(this.coder >> 2) + CODER.prices] = this.prices;
  }
}

/** The address of numbers in a room: their own if they are in it, else `to`, where they are copied. */
export function put(room: Room, source: Uint8Array | Int32Array | Float32Array, to: number): number {
  if (room.holds(source)) return source.byteOffset;
  const { bytes } = room;
  bytes.set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength), to);
  return to;
}
