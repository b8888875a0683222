import { BOTTOM, LEFT_OUT, PROBABILITY_BITS, TOP } from './range-decoder.js';

/** Binary range encoder, the mirror of RangeDecoder. The low end of the interval is a 32-bit number with carry. */
export class RangeEncoder {
  /** The low end of the interval, and its width. */
  low = 0;
  range = TOP;
  private out = new Uint8Array(1 << 12);
  private length = 0;

  /** Codes `bit`, whose probability of being 1 is p / 32,768, 1 <= p <= 32,767. */
  bit(bit: number, p: number): void {
    const bound = (this.range >>> PROBABILITY_BITS) * p;
    if (bit) this.range = bound;
    else {
      this.low += bound;
      this.range -= bound;
    }
    while (this.range < BOTTOM) {
      this.range *= 256;
      this.shift();
    }
  }

  /** n equiprobable bits of an unsigned integer, most significant first. */
  bits(n: number, value: number): void {
    for (let i = n - 1; i >= 0; i--) this.bit((value >>> i) & 1, 1 << (PROBABILITY_BITS - 1));
  }

  /** This many bytes from the start are enough to decode everything coded so far, whatever follows them. */
  get settled(): number {
    return this.range === TOP ? 0 : this.length + 4;
  }

  /** Ends the stream so that it decodes whatever follows, and returns it. A decoder that has decoded all of it has read two bytes more. */
  close(): Uint8Array {
    this.low = Math.ceil(this.low / 2 ** 16) * 2 ** 16;
    this.shift();
    this.shift();
    return this.out.slice(0, this.length);
  }

  /** Ends the stream in the fewest bytes that decode if LEFT_OUT zeros follow, and returns it. */
  finish(): Uint8Array {
    for (let kept = 0; kept <= 4; kept++) {
      const unit = 2 ** (32 - 8 * kept);
      const value = Math.ceil(this.low / unit) * unit;
      if (value < this.low + this.range) {
        this.low = value;
        break;
      }
    }
    for (let i = 0; i < 4; i++) this.shift();
    let end = this.length;
    while (end > this.length - LEFT_OUT && this.out[end - 1] === 0) end--;
    return this.out.slice(0, end);
  }

  /** Appends bytes that a kernel has coded. `carried` says that a carry ran back past the first of them. */
  append(bytes: Uint8Array, carried: boolean): void {
    if (carried) this.carry();
    this.reserve(bytes.length);
    this.out.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Moves the top byte of `low` out; a carry runs back through the bytes already written. */
  private shift(): void {
    if (this.low >= 2 ** 32) {
      this.low -= 2 ** 32;
      this.carry();
    }
    this.reserve(1);
    this.out[this.length++] = Math.floor(this.low / 2 ** 24);
    this.low = (this.low % 2 ** 24) * 256;
  }

  private carry(): void {
    let i = this.length - 1;
    while (++this.out[i]! === 256 || this.out[i] === 0) i--;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.out.length) return;
    const grown = new Uint8Array((this.length + bytes) * 2);
    grown.set(this.out);
    this.out = grown;
  }
}
