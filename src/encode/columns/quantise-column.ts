import { GOLOMB_CONTEXTS } from '../../bits/read-golomb.js';
import { SIGN } from '../../bits/read-signed.js';
import { writeSigned } from '../../bits/write-signed.js';
import { contextAt, LEVELS, MARGIN, type Side } from '../../columns/contexts.js';
import type { CostMeter } from '../levels/costs.js';
import { LAMBDA } from '../levels/quantise.js';

/** Bits of every magnitude at every level, including one bit for the sign, from the present contexts. */
export interface ColumnPrices {
  /** [level * ROW + m], m = 0 to LARGEST; a larger one takes about two bits more for each doubling. */
  bits: Float64Array;
}
const LARGEST = 14;
const ROW = LARGEST + 1;

export function columnPrices(meter: CostMeter): ColumnPrices {
  const bits = new Float64Array(LEVELS * ROW);
  for (let at = 0; at < bits.length; at++) {
    const base = Math.floor(at / ROW) * GOLOMB_CONTEXTS;
    writeSigned(
      (context, bit) => {
        bits[at]! += context === base + SIGN ? 1 : meter.cost(context, bit);
      },
      base,
      at % ROW,
    );
  }
  return { bits };
}

/**
 * Chooses integers for the coefficients of a column, both in steps, that minimise squared error + lambda x bits one after the other.
 * Returns the bits that they take. Only the magnitudes of `side` change.
 */
export function quantiseColumn(
  { bits }: ColumnPrices,
  side: Side,
  coefficients: Float64Array,
): { column: Float64Array; bits: number } {
  const column = new Float64Array(side.length);
  let total = 0;
  side.magnitudes.fill(0);
  for (let i = 0; i < side.length; i++) {
    const row = (contextAt(side, i) / GOLOMB_CONTEXTS) * ROW;
    const size = Math.abs(coefficients[i]!);
    const nearest = Math.floor(size + 0.5);
    let pick = 0;
    let taken = bits[row]!;
    let least = size * size + LAMBDA * taken;
    for (let m = Math.max(1, nearest - 1); m <= nearest; m++) {
      const price = bits[row + Math.min(m, LARGEST)]! + (m > LARGEST ? 2 * Math.log2(m / LARGEST) : 0);
      const cost = (size - m) * (size - m) + LAMBDA * price;
      if (cost < least) [pick, taken, least] = [m, price, cost];
    }
    total += taken;
    side.magnitudes[i + MARGIN] = Math.min(pick, 255);
    if (pick) column[i] = coefficients[i]! < 0 ? -pick : pick;
  }
  return { column, bits: total };
}
