import { RangeDecoder } from '../../src/bits/range-decoder.js';

/** One bit from a range decoder, and its probability of being 1, in 1 / 32,768. */
export interface Bit {
  p: number;
  bit: number;
  /** Does it belong to the map of runs? */
  ofRuns: boolean;
}

/** The bits that `run` takes from range decoders. */
export function traceBits(run: () => unknown): Bit[] {
  const out: Bit[] = [];
  const { bit } = RangeDecoder.prototype;
  RangeDecoder.prototype.bit = function (p) {
    const value = bit.call(this, p);
    out.push({ p, bit: value, ofRuns: /\breadRuns\b/.test(new Error().stack!) });
    return value;
  };
  try {
    run();
  } finally {
    RangeDecoder.prototype.bit = bit;
  }
  return out;
}
