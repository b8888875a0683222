import type { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeDecoder } from '../bits/range-decoder.js';
import { fail } from '../core/errors.js';
import {
  aboveContext,
  CAP,
  ESCAPE_ORDER,
  ESCAPE_STEPS,
  escapeContext,
  LONGEST,
  levelAt,
  MARGIN,
  remember,
  type Side,
  zeroContext,
} from './contexts.js';
/** Reads the next column of one side: its coefficients, integers. The mirror of writeColumn. */
export function readColumn(coder: RangeDecoder, states: AdaptiveBits, of: Side): Float64Array {
  const bit = (context: number): number => coder.adaptive(states, context);
  const column = new Float64Array(of.length);
  of.magnitudes.fill(0);
  for (let i = 0; i < of.length; i++) {
    const level = levelAt(of, i);
    if (!bit(zeroContext(level))) continue;
    const negative = coder.bits(1);
    let value = 1;
    while (value <= LONGEST && bit(aboveContext(value, level))) value++;
    of.magnitudes[i + MARGIN] = value;
    if (value > LONGEST) {
      let e = 0;
      while (bit(escapeContext(e)))
        if (++e === ESCAPE_STEPS) fail('CORRUPT', 'column', 'an endless escape', `below ${e} steps`);
      value += 2 ** (e + ESCAPE_ORDER) - 2 ** ESCAPE_ORDER + coder.bits(e + ESCAPE_ORDER);
      of.magnitudes[i + MARGIN] = Math.min(value, CAP);
    }
    column[i] = negative ? -value : value;
  }
  remember(of);
  return column;
}
