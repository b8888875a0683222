import { AdaptiveBits } from '../bits/adaptive.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';

/** Rows and columns of a table, and sets of contexts for it: one a column, the last for all that follow. */
export type Shape = readonly [rows: number, width: number, sets: number];

/**
 * The fitted tables, in the order of the text. Rows of weights: types of planes, 24 rows each, twice; roles, 7 bands each; levels and roles, 64 rows
 * each.
 */
export const SHAPES = {
  EXPECTATION_WEIGHTS: [96, 27, 27],
  MAGNITUDE_WEIGHTS: [96, 27, 27],
  ALIVE_WEIGHTS: [21, 13, 13],
  MEAN_WEIGHTS: [384, 20, 20],
  P_ALIVE: [21, 32, 2],
  P_ZERO: [4, 32, 2],
  P_MAGNITUDE: [32, 32, 2],
  P_SIGN: [36, 11, 2],
  P_DC_ZERO: [3, 16, 2],
  P_DC: [30, 16, 2],
  P_ESCAPE: [16, 16, 2],
  BANK: [12, 12, 1],
  LATENT_BANK: [36, 12, 1],
  GROUPS: [1, 30, 1],
} satisfies Record<string, Shape>;

/** Within a set, the context of the sign. */
export const SIGN = 48;

/** Contexts of one table: a set for the rows that repeat, then those of the columns. */
export const contextsOf = (sets: number): AdaptiveBits =>
  new AdaptiveBits(new Uint8Array((sets + 1) * GOLOMB_CONTEXTS));

/** The start probabilities that there are up to 128, in 1/256; those above are 256 less these. */
export const STARTS = [
  1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 24, 29, 35, 42, 50, 58, 67, 77, 88, 99, 110, 120, 128,
];
