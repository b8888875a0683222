import { AdaptiveBits } from '../bits/adaptive.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';

/**
 * How a table is coded: its rows, its columns, its number of sets of contexts (one a column, the last shared by all later columns), and its
 * unit. The integers i stand for weights i (|i| + 4) / unit, rounded towards zero, if the unit is above 0; for themselves if it is 0; for
 * differences to the row above if it is below 0.
 */
export type Shape = readonly [rows: number, columns: number, sets: number, unit: number];

/** The fitted tables, in the order of the text, with their names in codec-spec.md. */
export const SHAPES: readonly Shape[] = [
  [52, 19, 19, 2], // EXPECTATION_WEIGHTS
  [6, 7, 7, 2], // ALIVE_WEIGHTS
  [8, 5, 5, 4], // MEAN_WEIGHTS
  [84, 2, 2, -1], // CURVES
  [12, 12, 1, 0], // X0
  [1, 30, 1, 0], // GROUPS
];

/** Contexts of one table: a set for repeated rows, then those of the columns. */
export const contextsOf = (sets: number): AdaptiveBits =>
  new AdaptiveBits(new Uint8Array((sets + 1) * GOLOMB_CONTEXTS));
