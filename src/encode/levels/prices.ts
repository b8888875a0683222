import { LONGEST, magnitudeContext, zeroContext } from '../../planes/states.js';
import { CLASSES } from '../../runs/runs.js';
import type { CostMeter } from './costs.js';

/** Number of levels of an expectation. */
export const LEVELS = 32;
/** Largest magnitude with a tabulated cost. */
export const TABULATED = 24;

/**
 * The present prices of the flags of one type of plane, in bits, by the levels that select their contexts; those of "not zero" also by
 * class of the block (see classOf).
 */
export interface Prices {
  /** Of "not zero": [class][level * 2 + bit]. */
  zero: Float32Array[];
  /** Of a magnitude m, 1 to TABULATED: [level * (TABULATED + 1) + m]. */
  sizes: Float32Array;
}

/** The prices of planes of `type` (see PlaneContext) at the meter's present probabilities. */
export function pricesOf(meter: CostMeter, type: number): Prices {
  const zero = Array.from({ length: type < 2 ? CLASSES : 1 }, (_, run) =>
    Float32Array.from({ length: 2 * LEVELS }, (_, i) => meter.cost(zeroContext(type, i >> 1, run), i & 1)),
  );
  const sizes = new Float32Array(LEVELS * (TABULATED + 1));
  for (let level = 0; level < LEVELS; level++) {
    let above = 0;
    for (let m = 1; m <= TABULATED; m++) {
      const context = magnitudeContext(type, Math.min(m, LONGEST), level);
      sizes[level * (TABULATED + 1) + m] =
        above + (m <= LONGEST ? meter.cost(context, 0) : 2 * Math.log2(m - LONGEST + 1) + 1);
      if (m <= LONGEST) above += meter.cost(context, 1);
    }
  }
  return { zero, sizes };
}
