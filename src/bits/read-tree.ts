import type { AdaptiveBits } from './adaptive.js';
import type { RangeDecoder } from './range-decoder.js';

/** Reads an integer below `size`, a power of two, highest bit first: the context of each bit is `base` plus 1 and the bits before it. */
export function readTree(coder: RangeDecoder, states: AdaptiveBits, base: number, size: number): number {
  let node = 1;
  while (node < size) node = 2 * node + coder.adaptive(states, base + node);
  return node - size;
}
