import type { AdaptiveBits } from './adaptive.js';
import type { RangeDecoder } from './range-decoder.js';

/** Contexts of one set: 16 for the steps, two each for the bits that follow, and some unused. */
export const GOLOMB_CONTEXTS = 64;

/** No code has more steps than this, whatever its bits are: values are below 2^31. */
export const LONGEST = 30;

/** Reads an Exp-Golomb code of order k; its bits have adaptive contexts from `base` on. The mirror of writeGolomb. */
export function readGolomb(coder: RangeDecoder, states: AdaptiveBits, base: number, k: number): number {
  let value = 0;
  let e = 0;
  for (; k < LONGEST && coder.adaptive(states, base + Math.min(e, 15)); e++) value += 1 << k++;
  for (let i = k - 1; i >= 0; i--)
    value += coder.adaptive(states, base + 16 + Math.min(e, 15) * 2 + (i === k - 1 ? 0 : 1)) << i;
  return value;
}
