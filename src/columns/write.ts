import type { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeEncoder } from '../bits/range-encoder.js';
import {
  aboveContext,
  CAP,
  ESCAPE_ORDER,
  escapeContext,
  LONGEST,
  levelAt,
  MARGIN,
  remember,
  type Side,
  zeroContext,
} from './contexts.js';
/** Writes the next column of one side: its coefficients, integers below 2^30. The mirror of readColumn. */
export function writeColumn(coder: RangeEncoder, states: AdaptiveBits, of: Side, column: Float64Array): void {
  const bit = (context: number, value: number): void => {
    coder.bit(value, states.probability(context));
    states.update(context, value);
  };
  of.magnitudes.fill(0);
  for (let i = 0; i < of.length; i++) {
    const level = levelAt(of, i);
    const value = Math.abs(column[i]!);
    bit(zeroContext(level), value ? 1 : 0);
    if (!value) continue;
    coder.bits(1, column[i]! < 0 ? 1 : 0);
    for (let t = 1; t <= LONGEST && t <= value; t++) bit(aboveContext(t, level), t < value ? 1 : 0);
    of.magnitudes[i + MARGIN] = Math.min(value, CAP);
    if (value > LONGEST) {
      const rest = value - LONGEST - 1 + 2 ** ESCAPE_ORDER;
      const size = 31 - Math.clz32(rest);
      for (let e = 0; e < size - ESCAPE_ORDER; e++) bit(escapeContext(e), 1);
      bit(escapeContext(size - ESCAPE_ORDER), 0);
      coder.bits(size, rest - 2 ** size);
    }
  }
  remember(of);
}
