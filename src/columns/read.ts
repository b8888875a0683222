import type { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeDecoder } from '../bits/range-decoder.js';
import { readSigned } from '../bits/read-signed.js';
import { contextAt, MARGIN, remember, type Side } from './contexts.js';

/** Reads the next column of one side: its coefficients, integers. The mirror of writeColumn. */
export function readColumn(coder: RangeDecoder, states: AdaptiveBits, of: Side): Float64Array {
  const column = new Float64Array(of.length);
  of.magnitudes.fill(0);
  for (let i = 0; i < of.length; i++) {
    column[i] = readSigned(coder, states, contextAt(of, i));
    of.magnitudes[i + MARGIN] = Math.abs(column[i]!);
  }
  remember(of);
  return column;
}
