import { CodecError } from '../core/errors.js';

/** A cursor that puts bits into bytes, most significant bit first. The mirror of BitReader. */
export class BitWriter {
  private readonly out: number[] = [];
  private free = 0;

  /** Whole bytes begun so far. */
  get length(): number {
    return this.out.length;
  }

  /** An unsigned integer of n bits, 0 to 32. Throws OPTION where it has no room for the value. */
  u(n: number, value: number): void {
    check(value, 2 ** n);
    for (let i = n - 1; i >= 0; i--) {
      if (this.free === 0) {
        this.out.push(0);
        this.free = 8;
      }
      this.free--;
      this.out[this.out.length - 1]! |= (Math.floor(value / 2 ** i) & 1) << this.free;
    }
  }

  /** A signed integer of n bits, two's complement. Throws OPTION where it has no room for the value. */
  s(n: number, value: number): void {
    check(value + 2 ** (n - 1), 2 ** n);
    this.u(n, value < 0 ? value + 2 ** n : value);
  }

  /** An Exp-Golomb code of order k: z zero bits, a one, then z + k bits. Throws OPTION unless 0 <= value < 2^32 - 2^k. */
  ue(k: number, value: number): void {
    check(value, 2 ** 32 - 2 ** k);
    const shifted = value + 2 ** k;
    const zeros = Math.floor(Math.log2(shifted)) - k;
    this.u(zeros, 0);
    this.u(1, 1);
    this.u(zeros + k, shifted - 2 ** (zeros + k));
  }

  /** Fills the byte begun with zero bits. */
  align(): void {
    this.free = 0;
  }

  /** Whole bytes; the cursor must be aligned. */
  put(bytes: Uint8Array): void {
    for (const byte of bytes) this.out.push(byte);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.out);
  }
}

function check(value: number, end: number): void {
  if (!(Number.isInteger(value) && value >= 0 && value < end))
    throw new CodecError('OPTION', {
      field: 'value',
      got: value,
      expected: `an integer from 0 to ${end - 1}`,
    });
}
