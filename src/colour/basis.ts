import { cosSin, turn } from '../algebra/givens.js';

/**
 * The colour basis: the rows of an orthonormal 3 x 3 matrix T, channels = T (RGB - midpoint): brightness and two differences. Like V of a
 * channel, T is a product of Givens rotations: three integers store it, and it is orthonormal by construction.
 */
export type ColourBasis = Float64Array;

/** The integers of a colour basis have this many bits; divided by 2^COLOUR_PRECISION, one is the tangent of half a rotation's angle. */
export const COLOUR_BITS = 11;
export const COLOUR_PRECISION = 9;

/** Added to the integers: 0, 0, 0 then gives nearly the three-point DCT of R, G, B. */
export const COLOUR_ORIGIN = [-212, -163, 137];

/** Weights of red, green and blue in luma (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114];

/**
 * The rows from which pixels are put together. They are those of T: rows 0 and 1 of the identity rotated, then 0 and 2, then 1 and 2. With
 * `weights`, the rows of chroma give up their luma to the first, T_i - (L_i / L_0) T_0 where L = T l: otherwise coarse chroma would be
 * noise in luma.
 */
export function colourBasis(colour: readonly [number, number, number], weights?: object): ColourBasis {
  const t = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  for (const [k, n] of colour.entries())
    for (let column = 0; column < 3; column++)
      turn(t, (k >> 1) * 3 + column, (k ? 6 : 3) + column, cosSin(n + COLOUR_ORIGIN[k]!, COLOUR_PRECISION));
  const luma = (row: number): number => LUMA[0]! * t[row]! + LUMA[1]! * t[row + 1]! + LUMA[2]! * t[row + 2]!;
  if (weights)
    for (const row of [3, 6]) {
      const share = luma(row) / luma(0);
      for (let column = 0; column < 3; column++) t[row + column]! -= share * t[column]!;
    }
  return t;
}
