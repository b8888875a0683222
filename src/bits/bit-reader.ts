import { fail } from '../core/errors.js';

/**
 * A cursor that takes bits from bytes, most significant bit first. The mirror of BitWriter. `field` names what is read in an error; a value above
 * `most` is CORRUPT.
 */
export class BitReader {
  private bit: number;

  /** Reads `bytes` from byte `offset` on. */
  constructor(
    readonly bytes: Uint8Array,
    offset = 0,
  ) {
    this.bit = offset * 8;
  }

  /** Byte offset of the next bit. */
  get offset(): number {
    return this.bit >> 3;
  }

  /** An unsigned integer of n bits, 0 to 32. */
  u(n: number, field: string, most = Infinity): number {
    this.need(n, field);
    let value = 0;
    for (let i = 0; i < n; i++, this.bit++)
      value = value * 2 + ((this.bytes[this.bit >> 3]! >> (7 - (this.bit & 7))) & 1);
    return this.atMost(most, value, field);
  }

  /** A signed integer of n bits, two's complement. */
  s(n: number, field: string): number {
    const value = this.u(n, field);
    return value >= 2 ** (n - 1) ? value - 2 ** n : value;
  }

  /** An Exp-Golomb code of order k: z zero bits, a one, then z + k bits. Values below 2^32 - 2^k, counted from `least` on. */
  ue(k: number, field: string, least = 0, most = Infinity): number {
    let bits = k;
    while (!this.u(1, field)) this.atMost(31, ++bits, field);
    return this.atMost(most, least + 2 ** bits - 2 ** k + this.u(bits, field), field);
  }

  /** Skips to the next byte; the bits skipped must be zero. */
  align(field: string): void {
    this.u(-this.bit & 7, field, 0);
  }

  /** The next n whole bytes (a view, not a copy). The cursor must be aligned. */
  take(n: number, field: string): Uint8Array {
    const from = this.offset;
    this.need(n * 8, field);
    this.bit += n * 8;
    return this.bytes.subarray(from, from + n);
  }

  private need(n: number, field: string): void {
    if (this.bit + n > this.bytes.length * 8) fail('TRUNCATED', field, 'the end', `${n} bits`, this.offset);
  }

  private atMost(most: number, value: number, field: string): number {
    return value > most ? fail('CORRUPT', field, value, `at most ${most}`, (this.bit - 1) >> 3) : value;
  }
}
