import { root } from './root.js';

/**
 * The eye's own measure of a picture: U V^T is then a weighted low-rank approximation of X, in which each error counts in units of a step of its own,
 * D 2^(e / 16). The exponent e is the sum of one for the column, a plane, and one for the row, a block. Columns have theirs from the header, rows from what has been
 * decoded before them, so that no map is stored. codec-spec.md, "Weights".
 */
export interface Weights {
  /** Plane 0: 0 to 15, by how much its exponent is below 0. */
  plane0: number;
  /** Luma: 0 to 63, by how many eighths the exponent of each diagonal after the first is above that of the one before. */
  luma: number;
  /** Chroma: 0 to 31, the exponent of the first diagonal, */
  chroma: number;
  /** and 0 to 63, as for luma. */
  chromaRise: number;
  /** 0 to 7: eighths of the power of what happens around a block that its row counts by, in all planes, */
  activity: number;
  /** and of its texture, in planes from TEXTURED on. */
  texture: number;
}

/** What exponents of columns are stored with, so that none is negative. */
export const EXPONENT_ORIGIN = 64;

/** 2^(n / 16) in 1/256, rounded. */
const ROOTS = [256, 267, 279, 292, 304, 318, 332, 347, 362, 378, 395, 412, 431, 450, 470, 490];

/** By exponent + EXPONENT_ORIGIN: a step in units of D. */
export const STEPS = Float64Array.from({ length: 256 }, (_, n) => (ROOTS[n & 15]! * (1 << (n >> 4))) / 4096);

/**
 * By exponent + EXPONENT_ORIGIN: what an expected magnitude in units of D is multiplied by before it chooses a context, one over the root of the step. They are
 * multiples of 1/4096, so that such products are exact.
 */
export const NORMS = STEPS.map(step => root(Math.floor(2 ** 24 / step)) / 4096);

/** Exponents, plus EXPONENT_ORIGIN, of the planes of a channel whose role is `role`. */
export const columnExponents = ({ plane0, luma, chroma, chromaRise }: Weights, role: number): Uint8Array =>
  Uint8Array.from({ length: 64 }, (_, k) => {
    const after = (k >> 3) + (k & 7) - 1;
    return (
      EXPONENT_ORIGIN + (k ? (role ? chroma : 0) + ((after * (role ? chromaRise : luma)) >> 3) : -plane0)
    );
  });
