import { root } from './root.js';

/**
 * The eye's measure of a picture: with it, U V^T is a weighted low-rank approximation of X, in which each error is measured in a step of
 * its own, D 2^(e / 16). The exponent e is the sum of one for the column, a plane, and one for the row, a block. The columns' exponents are
 * in the header. The rows' follow from what has been decoded before, so that no map is stored. codec-spec.md, "Weights".
 */
export interface Weights {
  /** Plane 0: 0 to 15; its exponent is the negative of this. */
  plane0: number;
  /** Luma: 0 to 63, the rise of the exponent from one diagonal to the next, after the first, in eighths. */
  luma: number;
  /** Chroma: 0 to 31, the exponent of the first diagonal, */
  chroma: number;
  /** and 0 to 63, the rise, as for luma. */
  chromaRise: number;
  /** 0 to 7: the power, in eighths, of the variation around a block in its row's weight, in all planes, */
  activity: number;
  /** and that of its texture, in planes from TEXTURED on. */
  texture: number;
}

/** Added to stored exponents of columns, so that none is negative. */
export const EXPONENT_ORIGIN = 64;

/** 2^(n / 16) in 1/256, rounded. */
const ROOTS = [256, 267, 279, 292, 304, 318, 332, 347, 362, 378, 395, 412, 431, 450, 470, 490];

/** By exponent + EXPONENT_ORIGIN: a step in units of D. */
export const STEPS = Float64Array.from({ length: 256 }, (_, n) => (ROOTS[n & 15]! * (1 << (n >> 4))) / 4096);

/**
 * By exponent + EXPONENT_ORIGIN: the factor for an expected magnitude in units of D before it selects a context, one over the root of the
 * step. Multiples of 1/4096, so that the products are exact.
 */
export const NORMS = STEPS.map(step => root(Math.floor(2 ** 24 / step)) / 4096);

/** Exponents of the planes of a channel with this role, plus EXPONENT_ORIGIN. */
export const columnExponents = ({ plane0, luma, chroma, chromaRise }: Weights, role: number): Uint8Array =>
  Uint8Array.from({ length: 64 }, (_, k) => {
    const after = (k >> 3) + (k & 7) - 1;
    return (
      EXPONENT_ORIGIN + (k ? (role ? chroma : 0) + ((after * (role ? chromaRise : luma)) >> 3) : -plane0)
    );
  });
