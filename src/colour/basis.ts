import { cosSin, turn } from '../algebra/givens.js';

/**
 * The colour basis: the rows of an orthonormal 3 x 3 matrix T, channels = T (RGB - midpoint): brightness and two differences. T is a product of Givens
 * rotations, as V of a channel is, so three integers hold it and it is orthonormal by construction.
 */
export type ColourBasis = Float64Array;

/** The integers of a colour basis are of so many bits, and a rotation's tangent of half the angle is one of them / 2^COLOUR_PRECISION. */
export const COLOUR_BITS = 11;
export const COLOUR_PRECISION = 9;

/** What is added to the integers: 0, 0, 0 is near to the three-point DCT of R, G, B. */
export const COLOUR_ORIGIN = [-212, -163, 137];

/** What red, green and blue give to luma (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114];

/**
 * The rows that channels are put together from. They are those of T: rows 0 and 1 of the identity turned, then 0 and 2, then 1 and 2. With `weights` the
 * rows of chroma lose what they hold of luma to the first, T_i - (L_i / L_0) T_0 where L = T l: coarse chroma would be noise of luma otherwise.
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
