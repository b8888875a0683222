import { BitReader } from '../../src/bits/bit-reader.js';
import { RangeDecoder } from '../../src/bits/range-decoder.js';

/** One field that a bit reader read: its bits in the file, from bit `from` on. */
export interface Field {
  field: string;
  from: number;
  bits: string;
  value: number | string;
}

/** What `run` reads outside the stream, field by field. */
export function traceFields(run: () => unknown): Field[] {
  const fields: Field[] = [];
  const { u, s, ue, take } = BitReader.prototype;
  let depth = 0;
  const wrap = <A extends unknown[], T>(method: (...args: A) => T, counted = false) =>
    function (this: BitReader, ...args: A): T {
      const place = this as unknown as { bit: number };
      const from = place.bit;
      depth++;
      const value = method.apply(this, args);
      if (--depth === 0 && place.bit > from)
        fields.push({
          field: String(args[1]),
          from,
          bits: Array.from({ length: place.bit - from }, (_, i) => bitAt(this.bytes, from + i)).join(''),
          // Codes that count from more than 0 are listed as coded.
          value:
            typeof value === 'number'
              ? value - (counted ? Number(args[2] ?? 0) : 0)
              : `${(place.bit - from) / 8} bytes`,
        });
      return value;
    };
  Object.assign(BitReader.prototype, { u: wrap(u), s: wrap(s), ue: wrap(ue, true), take: wrap(take) });
  try {
    run();
  } finally {
    Object.assign(BitReader.prototype, { u, s, ue, take });
  }
  return fields;
}

const bitAt = (bytes: Uint8Array, i: number): number => (bytes[i >> 3]! >> (7 - (i & 7))) & 1;

/** The bits that `run` takes from a range decoder, each as 'probability bit'. */
export function traceBits(run: () => unknown): string[] {
  const out: string[] = [];
  const { bit } = RangeDecoder.prototype;
  RangeDecoder.prototype.bit = function (p) {
    const value = bit.call(this, p);
    out.push(`${p}:${value}`);
    return value;
  };
  try {
    run();
  } finally {
    RangeDecoder.prototype.bit = bit;
  }
  return out;
}
