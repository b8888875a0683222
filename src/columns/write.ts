import type { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeEncoder } from '../bits/range-encoder.js';
import { writeSigned } from '../bits/write-signed.js';
import { contextAt, MARGIN, remember, type Side } from './contexts.js';

/** Writes the next column of one side: its coefficients, integers below 2^31. The mirror of readColumn. */
export function writeColumn(coder: RangeEncoder, states: AdaptiveBits, of: Side, column: Float64Array): void {
  const bit = (context: number, value: number): void => {
    coder.bit(value, states.probability(context));
    states.update(context, value);
  };
  of.magnitudes.fill(0);
  for (let i = 0; i < of.length; i++) {
    writeSigned(bit, contextAt(of, i), column[i]!);
    of.magnitudes[i + MARGIN] = Math.abs(column[i]!);
  }
  remember(of);
}
