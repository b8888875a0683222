import { AdaptiveBits } from '../bits/adaptive.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';

/**
 * What a table is coded as: its rows and columns, how many sets of contexts it has (one a column, the last for all that follow), and what its integers i
 * stand for. Above 0 the weight i (|i| + 4) / unit, towards zero; 0 themselves; below 0 differences to the row above.
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

/** Contexts of one table: a set for the rows that repeat, then those of the columns. */
export const contextsOf = (sets: number): AdaptiveBits =>
  new AdaptiveBits(new Uint8Array((sets + 1) * GOLOMB_CONTEXTS));
