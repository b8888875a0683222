import {
  aboveContext,
  CAP,
  LEVELS,
  LONGEST,
  levelAt,
  MARGIN,
  type Side,
  zeroContext,
} from '../columns/contexts.js';
import type { CostMeter } from './costs.js';
import { LAMBDA } from './quantise.js';

/** Bits of every magnitude at every level, from the contexts as they stand; the sign is in them. */
export interface ColumnPrices {
  /** [level * ROW + m], m = 0 to LONGEST + 1; larger ones add the bits of their escape code. */
  bits: Float64Array;
}
const ROW = LONGEST + 2;

export function columnPrices(meter: CostMeter): ColumnPrices {
  const bits = new Float64Array(LEVELS * ROW);
  for (let level = 0; level < LEVELS; level++) {
    bits[level * ROW] = meter.cost(zeroContext(level), 0);
    let above = meter.cost(zeroContext(level), 1) + 1;
    for (let m = 1; m <= LONGEST; m++) {
      bits[level * ROW + m] = above + meter.cost(aboveContext(m, level), 0);
      above += meter.cost(aboveContext(m, level), 1);
    }
    bits[level * ROW + LONGEST + 1] = above + 2;
  }
  return { bits };
}

/**
 * Integers for the coefficients of a column, both in steps, that minimise squared error + lambda x bits one after the other, and the bits
 * that they take. Only the magnitudes of `of` change.
 */
export function quantiseColumn(
  { bits }: ColumnPrices,
  of: Side,
  coefficients: Float64Array,
): { column: Float64Array; bits: number } {
  const column = new Float64Array(of.length);
  let total = 0;
  of.magnitudes.fill(0);
  for (let i = 0; i < of.length; i++) {
    const row = levelAt(of, i) * ROW;
    const size = Math.abs(coefficients[i]!);
    const nearest = Math.floor(size + 0.5);
    let pick = 0;
    let taken = bits[row]!;
    let least = size * size + LAMBDA * taken;
    for (let m = Math.max(1, nearest - 1); m <= nearest; m++) {
      const price = m <= LONGEST ? bits[row + m]! : bits[row + LONGEST + 1]! + 2 * Math.log2(m - LONGEST);
      const cost = (size - m) * (size - m) + LAMBDA * price;
      if (cost < least) [pick, taken, least] = [m, price, cost];
    }
    total += taken;
    of.magnitudes[i + MARGIN] = Math.min(pick, CAP);
    if (pick) column[i] = coefficients[i]! < 0 ? -pick : pick;
  }
  return { column, bits: total };
}
