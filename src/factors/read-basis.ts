import { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeDecoder } from '../bits/range-decoder.js';
import { readTree } from '../bits/read-tree.js';
import type { Predictors } from './predictor.js';
import { type Basis, COUNT_BITS, PRECISION_BITS, SYMBOL_CONTEXTS } from './rotation.js';

/** Reads V and the predictors of this many channels; undefined stands for the DCT basis without predictors. The mirror of writeBases. */
export function readBases(coder: RangeDecoder, channels: number): (Basis | undefined)[] {
  const states = new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS));
  const symbol = (kind: number): number => readTree(coder, states, kind * 64, 64);
  return Array.from({ length: channels }, () => {
    if (!coder.bits(1)) return undefined;
    const precision = coder.bits(PRECISION_BITS);
    let i = 0;
    let j = 0;
    const rotations = Array.from({ length: coder.bits(COUNT_BITS) }, () => {
      i = (i + symbol(0)) & 63;
      j = (j + symbol(1)) & 63;
      // No column is rotated with itself, whatever the bits are.
      if (i === j) j ^= 1;
      return { i, j, n: coder.bits(precision + 1) - (1 << precision) };
    });
    const predictors: Predictors = [];
    for (let k = 1; k < 64; k++) {
      const count = symbol(2);
      if (count)
        predictors[k] = {
          trust: symbol(3),
          terms: Array.from({ length: count }, () => ({
            back: symbol(4),
            plane: (k + symbol(5)) & 63,
            lag: symbol(6),
            weight: symbol(7) - 32,
          })),
        };
    }
    return { precision, rotations, predictors };
  });
}
