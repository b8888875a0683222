import type { ErrorCode } from '../core/error-codes.js';
import { fail } from '../core/errors.js';
import type { AdaptiveBits } from './adaptive.js';

/** `range` starts here and never exceeds it, so that every state is a small integer in every engine. */
export const TOP = 2 ** 30;
/** Renormalise while `range` is below this. */
export const BOTTOM = 2 ** 22;
/** Probabilities are P(bit = 1) in units of 1 / 32,768. */
export const PROBABILITY_BITS = 15;
/** An encoder leaves out at most this many zeros at the end of a stream. */
export const LEFT_OUT = 4;

/**
 * Binary range decoder. After G. N. N. Martin, "Range encoding", 1979, with 8-bit renormalisation. Past the end of its bytes it reads up to
 * `leftOut` zeros, which `position` counts, and then throws `code`. So the bits that it gives are bounded by the bytes that are there.
 */
export class RangeDecoder {
  /** Width of the interval, and the value of the bytes within it. */
  range = TOP;
  word = 0;

  /** Decodes source[position .. end); `position` is that of the next byte, even past the end. */
  constructor(
    public source: Uint8Array,
    public position: number,
    public end = source.length,
    public leftOut = LEFT_OUT,
    private code: ErrorCode = 'CORRUPT',
  ) {
    for (let i = 0; i < 4; i++) this.word = (this.word << 8) | this.byte();
    // No encoder sets the two highest bits.
    this.word &= TOP - 1;
  }

  /**
   * Continues with more of the same bytes: zeros that stood in for them are replaced. Returns whether all bits read so far stay the same.
   */
  extend(bytes: Uint8Array): boolean {
    for (let i = this.end; i < this.position && i < bytes.length; i++)
      this.word += bytes[i]! * 2 ** (8 * (this.position - 1 - i));
    this.source = bytes;
    this.end = bytes.length;
    return this.word < this.range;
  }

  /** One bit whose probability of being 1 is p / 32,768, 1 <= p <= 32,767. */
  bit(p: number): number {
    const bound = (this.range >>> PROBABILITY_BITS) * p;
    let bit = 1;
    if (this.word < bound) this.range = bound;
    else {
      this.word -= bound;
      this.range -= bound;
      bit = 0;
    }
    while (this.range < BOTTOM) {
      this.range <<= 8;
      this.word = (this.word << 8) | this.byte();
    }
    return bit;
  }

  /** One bit under context i. */
  adaptive(states: AdaptiveBits, i: number): number {
    const bit = this.bit(states.probability(i));
    states.update(i, bit);
    return bit;
  }

  /** n equiprobable bits as an unsigned integer, most significant first. */
  bits(n: number): number {
    let value = 0;
    for (let i = 0; i < n; i++) value = value * 2 + this.bit(1 << (PROBABILITY_BITS - 1));
    return value;
  }

  /** The next byte. */
  byte(): number {
    const { end, leftOut } = this;
    const at = this.position++;
    if (at < end) return this.source[at]!;
    return at < end + leftOut ? 0 : fail(this.code, leftOut ? 'stream' : 'header', end, 'more bytes', end);
  }
}
