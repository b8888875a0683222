import { RATE } from '../bits/adaptive.js';
import { COST } from '../encode/levels/costs.js';
import { NORMS, STEPS } from '../planes/weights.js';
import { CODER } from './coder-state.js';
import { kernelsFor } from './in-turn.js';
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
  20 * STEPS.length +
  4096 +
  3 * 2 * 8192 +
  WINDOW +
  BLOCK_BYTES +
  16 * BEYOND;

/**
 * Kernels with a memory of their own, in which the factors of one picture lie, for as long as anybody has a use for these: no two pictures share one. It never grows, so that
 * views of it stay good, and is gone with the last of them, or with the next room where works are done in turn.
 */
export class Room {
  readonly run: Exports;
  readonly buffer: ArrayBuffer;
  readonly bytes: Uint8Array;
  readonly shorts: Uint16Array;
  readonly words: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  /** By exponent + EXPONENT_ORIGIN: NORMS, and in 1/4096, 32 bits; STEPS. */
  readonly norms: number;
  readonly wholeNorms: number;
  readonly steps: number;
  /** Of a visit, of taps and terms of predictions, of a coder, of its contexts, and of its window. */
  readonly visit: number;
  readonly lists: number;
  readonly coder: number;
  readonly contexts: number;
  readonly window: number;
  private end = BASE;
  private prices = 0;

  /** For pieces of so many bytes in all, in so many pieces. Throws RangeError where there is no memory. */
  constructor(machine: Machine, size: number, pieces: number) {
    this.run = kernelsFor(machine);
    const { memory } = this.run;
    const all = OVERHEAD + size + pieces * (BEYOND + 16);
    const before = memory.buffer.byteLength;
    if (all > before) memory.grow(Math.ceil((all - before) / PAGE));
    this.buffer = memory.buffer;
    this.bytes = new Uint8Array(this.buffer);
    this.bytes.fill(0, 0, Math.min(all, before));
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

  /** The address of a piece of so many bytes, a multiple of 16. Throws RangeError where the room is full. */
  take(bytes: number): number {
    const at = this.end;
    this.end = (at + bytes + BEYOND + 15) & ~15;
    if (this.end > this.buffer.byteLength) throw new RangeError('the room is full');
    return at;
  }

  ints(length: number): Int32Array {
    return new Int32Array(this.buffer, this.take(4 * length), length);
  }

  /** The same numbers in a view of this memory. */
  copy(of: Uint8Array): Uint8Array {
    const view = new Uint8Array(this.buffer, this.take(of.length), of.length);
    view.set(of);
    return view;
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

/** The place of numbers in a room: their own, or `to`, where they are copied. */
export function put(room: Room, of: Uint8Array | Int32Array | Float32Array, to: number): number {
  if (room.holds(of)) return of.byteOffset;
  const { bytes } = room;
  bytes.set(new Uint8Array(of.buffer, of.byteOffset, of.byteLength), to);
  return to;
}
