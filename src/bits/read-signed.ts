import type { AdaptiveBits } from './adaptive.js';
import type { RangeDecoder } from './range-decoder.js';
import { readGolomb } from './read-golomb.js';

/** Within a set of contexts of an Exp-Golomb code of order 0, the context of the sign. */
export const SIGN = 48;

/** Reads an integer: its size as an Exp-Golomb code of order 0, then its sign. The mirror of writeSigned. */
export function readSigned(coder: RangeDecoder, states: AdaptiveBits, base: number): number {
  const size = readGolomb(coder, states, base, 0);
  return size && coder.adaptive(states, base + SIGN) ? -size : size;
}
