import { fail } from '../core/errors.js';
import type { AdaptiveBits } from './adaptive.js';

/** `range` starts here and stays at or below it, so that every state is a small integer in every engine. */
export const TOP = 2 ** 30;
/** Renormalise while `range` is below this. */
export const BOTTOM = 2 ** 22;
/** Probabilities are P(bit = 1) in units of 1 / 32,768. */
export const PROBABILITY_BITS = 15;

/**
 * Binary range decoder. After G. N. N. Martin, "Range encoding", 1979, with 8-bit renormalisation. Past the end of its bytes it reads
 * zeros; `position` counts them.
 */
export class RangeDecoder {
  private range = TOP;
  private code = 0;
  private at: number;

  /** Decodes bytes[start .. end). */
  constructor(
    private bytes: Uint8Array,
    start: number,
    private end: number,
  ) {
    this.at = start;
    for (let i = 0; i < 4; i++) this.code = this.code * 256 + this.next();
    if (this.code >= TOP) fail('CORRUPT', 'range coder', this.code, `below ${TOP}`, start);
  }

  /** Goes on with more of the same bytes, up to `end`: the zeros that were taken for them become what they are. */
  extend(bytes: Uint8Array, end: number): void {
    for (let i = this.end; i < this.at && i < end; i++) this.code += bytes[i]! << (8 * (this.at - 1 - i));
    this.bytes = bytes;
    this.end = end;
  }

  /** One bit whose probability of being 1 is p / 32,768, 1 <= p <= 32,767. */
  bit(p: number): number {
    const bound = (this.range >>> PROBABILITY_BITS) * p;
    let bit = 1;
    if (this.code < bound) this.range = bound;
    else {
      this.code -= bound;
      this.range -= bound;
      bit = 0;
    }
    while (this.range < BOTTOM) {
      this.range <<= 8;
      this.code = (this.code << 8) | this.next();
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

  /** Bytes taken so far, those past the end (read as zeros) included. */
  get position(): number {
    return this.at;
  }

  private next(): number {
    const at = this.at++;
    return at < this.end ? this.bytes[at]! : 0;
  }
}
