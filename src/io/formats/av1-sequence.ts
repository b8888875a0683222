/** The colours of an AV1 stream: code points of ITU-T H.273, and the range. */
export interface Av1Colours {
  primaries: number;
  transfer: number;
  /** Is black at 16 and white at 235 of 8 bits? */
  narrow: boolean;
}

const SEQUENCE_HEADER = 1;
const UNSPECIFIED = 2;
const [BT709, SRGB, IDENTITY] = [1, 13, 0];
const SELECT = 2;

/** Reads big-endian bit fields of at most 32 bits. Throws RangeError past the end. */
class Bits {
  #at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      if (this.#at >= 8 * this.bytes.length) throw new RangeError('past the end');
      value = 2 * value + ((this.bytes[this.#at >> 3]! >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  flag(): boolean {
    return this.take(1) === 1;
  }

  /** AV1, 4.10.3: a code whose zeros count its bits. */
  skipLongCode(): void {
    let zeros = 0;
    while (!this.flag()) zeros++;
    if (zeros < 32) this.take(zeros);
  }
}

/** The colours in the first sequence header among these units of a stream (AV1, 5.3 to 5.5); undefined if there is none that can be read. */
export function av1Colours(units: Uint8Array): Av1Colours | undefined {
  try {
    for (let at = 0; at < units.length; ) {
      const head = units[at]!;
      at += head & 4 ? 2 : 1;
      let size = units.length - at;
      if (head & 2) [size, at] = leb128(units, at);
      if (((head >> 3) & 15) === SEQUENCE_HEADER)
        return sequenceColours(new Bits(units.subarray(at, at + size)));
      at += size;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

/** AV1, 4.10.5: a number in groups of 7 bits, the lowest first, and where it ends. */
function leb128(bytes: Uint8Array, from: number): [value: number, end: number] {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return [value, from + i + 1];
  }
  throw new RangeError('past the end');
}

/** AV1, 5.5.1. */
function sequenceColours(bits: Bits): Av1Colours {
  const profile = bits.take(3);
  bits.take(1); // still picture
  const reduced = bits.flag();
  if (reduced) bits.take(5);
  else skipOperation(bits);
  const [wide, high] = [bits.take(4) + 1, bits.take(4) + 1];
  bits.take(wide);
  bits.take(high);
  if (!reduced && bits.flag()) bits.take(7); // lengths of frame numbers
  bits.take(3);
  if (!reduced) skipTools(bits);
  bits.take(3);
  return colours(bits, profile);
}

/** AV1, 5.5.1 and 5.5.3 to 5.5.5: timing, and for whom each operating point is. */
function skipOperation(bits: Bits): void {
  let [hasModel, delayBits] = [false, 0];
  if (bits.flag()) {
    bits.take(32);
    bits.take(32);
    if (bits.flag()) bits.skipLongCode();
    hasModel = bits.flag();
    if (hasModel) {
      delayBits = bits.take(5) + 1;
      bits.take(32);
      bits.take(10);
    }
  }
  const hasDelays = bits.flag();
  for (let points = bits.take(5); points >= 0; points--) {
    bits.take(12);
    if (bits.take(5) > 7) bits.take(1);
    if (hasModel && bits.flag()) {
      bits.take(delayBits);
      bits.take(delayBits);
      bits.take(1);
    }
    if (hasDelays && bits.flag()) bits.take(4);
  }
}

function skipTools(bits: Bits): void {
  bits.take(4);
  const ordered = bits.flag();
  if (ordered) bits.take(2);
  const screenTools = bits.flag() ? SELECT : bits.take(1);
  if (screenTools > 0 && !bits.flag()) bits.take(1);
  if (ordered) bits.take(3);
}

/** AV1, 5.5.2. */
function colours(bits: Bits, profile: number): Av1Colours {
  const deep = bits.flag();
  if (profile === 2 && deep) bits.take(1);
  const grey = profile !== 1 && bits.flag();
  const [primaries, transfer, matrix] = bits.flag()
    ? [bits.take(8), bits.take(8), bits.take(8)]
    : [UNSPECIFIED, UNSPECIFIED, UNSPECIFIED];
  const isRgb = !grey && primaries === BT709 && transfer === SRGB && matrix === IDENTITY;
  return { primaries, transfer, narrow: !isRgb && !bits.flag() };
}
