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

/** T: rows 0 and 1 of the identity turned, then 0 and 2, then 1 and 2. */
export function colourBasis(...colour: [number, number, number]): ColourBasis {
  const t = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  for (const [k, n] of colour.entries())
    for (let column = 0; column < 3; column++)
      turn(t, (k >> 1) * 3 + column, (k ? 6 : 3) + column, cosSin(n + COLOUR_ORIGIN[k]!, COLOUR_PRECISION));
  return t;
}
