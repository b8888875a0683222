import { CodecError } from '../core/errors.js';

/** A cursor that takes bits from bytes, most significant bit first. The mirror of BitWriter. */
export class BitReader {
  private bit: number;

  /** Reads `bytes` from byte `offset` on, never at or past byte `end`. */
  constructor(
    readonly bytes: Uint8Array,
    offset = 0,
    readonly end = bytes.length,
  ) {
    this.bit = offset * 8;
  }

  /** Byte offset of the next bit. */
  get offset(): number {
    return this.bit >> 3;
  }

  /** An unsigned integer of n bits, 0 to 32. `field` names it in an error. */
  u(n: number, field: string): number {
    if (this.bit + n > this.end * 8)
      throw new CodecError('TRUNCATED', { field, expected: `${n} more bits`, offset: this.offset });
    let value = 0;
    for (let i = 0; i < n; i++, this.bit++)
      value = value * 2 + ((this.bytes[this.bit >> 3]! >> (7 - (this.bit & 7))) & 1);
    return value;
  }

  /** A signed integer of n bits, two's complement. */
  s(n: number, field: string): number {
    const value = this.u(n, field);
    return value >= 2 ** (n - 1) ? value - 2 ** n : value;
  }

  /** An Exp-Golomb code of order k: z zero bits, a one, then z + k bits. Values below 2^32 - 2^k. */
  ue(k: number, field: string): number {
    let zeros = 0;
    while (this.u(1, field) === 0)
      if (++zeros + k > 31)
        throw new CodecError('CORRUPT', {
          field,
          got: 'a longer code',
          expected: 'an Exp-Golomb code below 2^32',
          offset: this.offset,
        });
    return 2 ** (zeros + k) - 2 ** k + this.u(zeros + k, field);
  }

  /** Skips to the next byte; the bits skipped must be zero. */
  align(field: string): void {
    const at = this.offset;
    if (this.u((8 - (this.bit & 7)) & 7, field) !== 0)
      throw new CodecError('CORRUPT', { field, got: 'non-zero padding', expected: 'zero bits', offset: at });
  }

  /** The next n whole bytes (a view, not a copy). The cursor must be aligned. */
  take(n: number, field: string): Uint8Array {
    const from = this.offset;
    if (from + n > this.end)
      throw new CodecError('TRUNCATED', {
        field,
        got: `${this.end - from} bytes`,
        expected: `${n} bytes`,
        offset: from,
      });
    this.bit += n * 8;
    return this.bytes.subarray(from, from + n);
  }
}
