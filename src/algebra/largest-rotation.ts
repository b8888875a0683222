import type { Matrix } from '../core/matrix.js';
import { jacobiRotation, type Rotation } from './rotation.js';

/** What a rotation that makes a[i, j] zero is worth, 0 or more, from a[i, i], a[j, j] and a[i, j]. */
export type Gain = (aii: number, ajj: number, aij: number) => number;

/** Off-diagonal energy removed, the choice of classical Jacobi: 2 a[i, j]^2. */
export const energyGain: Gain = (_aii, _ajj, aij) => 2 * aij * aij;

/**
 * Bits a row that decorrelation saves at high rate: -1/2 log2(1 - rho^2), where rho is the correlation of the
 * columns i and j of which `a` is the covariance. Does not depend on how large the two columns are. At most 26:
 * columns that are multiples of each other would save without limit.
 */
export const codingGain: Gain = (aii, ajj, aij) => {
  if (!(aii > 0 && ajj > 0)) return 0;
  // Two quotients, so that no product overflows.
  const rho2 = (aij / aii) * (aij / ajj);
  return -0.5 * Math.log2(Math.max(2 ** -52, 1 - rho2));
};

export interface FoundRotation extends Rotation {
  /** What it is worth, in the unit of the gain that chose it. */
  gain: number;
}

/**
 * The Jacobi rotation of a symmetric matrix with the largest gain (the first such pair where several are
 * equal), or undefined where none has a gain above `least` (default 0). Only axes below `axes` (default:
 * all) take part.
 */
export function largestRotation(
  a: Matrix,
  { gain = energyGain, axes = a.rows, least = 0 }: { gain?: Gain; axes?: number; least?: number } = {},
): FoundRotation | undefined {
  const { stride, data } = a;
  const sides = Math.min(axes, a.rows);
  let best = least;
  let at: [number, number] | undefined;
  for (let i = 0; i + 1 < sides; i++)
    for (let j = i + 1; j < sides; j++) {
      const worth = gain(data[i * stride + i]!, data[j * stride + j]!, data[i * stride + j]!);
      if (worth > best) {
        best = worth;
        at = [i, j];
      }
    }
  return at && { ...jacobiRotation(a, ...at), gain: best };
}
