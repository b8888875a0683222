import { classOf } from '../runs/runs.js';
import { levelOf, meanMagnitude } from './companding.js';
import { meanOf, type PlaneContext } from './contexts.js';
import {
  ACTIVITY_KEPT,
  AROUND,
  EAST_SOUTH,
  EAST_SOUTH_MASK,
  MAGNITUDE_MASK,
  putValue,
  rowsOf,
} from './factor.js';
import { predicted, trusting } from './prediction.js';
import { accumulate } from './regression.js';
import { NORMS } from './weights.js';

// Products by Math.imul: otherwise a negative weight times 0 is -0, and the engine gives up on integers.
const { imul } = Math;

/** What a reader or a writer does at each coefficient of a plane. */
export interface PlaneCoder {
  /**
   * Codes whether the coefficient of block b is nonzero, under the level of its expected magnitude and the block's class (see classOf).
   * Returns whether `value` is to be called.
   */
  flag(b: number, level: number, run: number): boolean;
  /**
   * Codes the rest: the sign under the expected magnitude, a weighted sum, and the magnitude under the level for nonzero values. Returns
   * the value in half steps.
   */
  value(b: number, sum: number, mean: number, magnitudeLevel: number): number;
}

/**
 * Visits the coefficients of plane k in the blocks of a part that go on, in raster order. Works out the contexts of each, and keeps what
 * later contexts need. Reader and writer share it, so that they cannot differ. One long function on purpose: features as locals are twice
 * as fast as an array of them, and weights are read where they are used.
 */
export function visitPlane(context: PlaneContext, part: number, coder: PlaneCoder): void {
  const { own, luma, k, prediction, expectation: w, gain } = context;
  const { left, up, upLeft, left2, up2, diagonal, marks } = context;
  const { positions, magnitudes: m, activity: a, places, stride } = own;
  const living = own.living[part]!;
  const plane = k * places;
  const rows = rowsOf(own, k);
  const column = own.columnWeights[k]!;
  // A channel that may not look at another sees zeros: those of its own plane 0.
  const y = luma ? luma.magnitudes : m;
  const yPlane = luma ? plane : 0;
  for (let n = 0; n < living.length; n++) {
    const b = living[n]!;
    const i = positions[b]!;
    const mean = prediction ? predicted(prediction, i) : meanOf(context, i);
    const here = plane + i;
    const north = here - stride;
    const besides = m[i + left]! + m[i + up]!;
    const across = m[i + diagonal]!;
    const corner = m[i + upLeft]!;
    const f0 = m[here - 1]! & MAGNITUDE_MASK;
    const f1 = m[north]! & MAGNITUDE_MASK;
    const f2 = m[north - 1]! & MAGNITUDE_MASK;
    const f3 = m[north + 1]! & MAGNITUDE_MASK;
    const f4 = (m[here - 2]! + m[north - stride]!) & MAGNITUDE_MASK;
    const f5 = m[i + left]! & MAGNITUDE_MASK;
    const f6 = m[i + up]! & MAGNITUDE_MASK;
    const f7 = corner & MAGNITUDE_MASK;
    const f8 = (m[i + left2]! + m[i + up2]!) & MAGNITUDE_MASK;
    const f9 = across & MAGNITUDE_MASK;
    const f10 = (besides >> EAST_SOUTH) & EAST_SOUTH_MASK;
    const f11 = (besides >> AROUND) - f10;
    const f12 = (corner >> AROUND) + ((across >> EAST_SOUTH) & EAST_SOUTH_MASK);
    const f13 = a[i]!;
    const f14 = a[i - 1]! + a[i - stride]!;
    const f15 = y[yPlane + i]! & MAGNITUDE_MASK;
    const f16 = mean ? meanMagnitude(mean) : 0;
    const f18 = f5 > f6 ? f5 : f6;
    // Separate sums, so that the processor need not wait for one before it begins the next.
    // biome-ignore format: features side by side
    const total =
      ((imul(w[0]!, f0) + imul(w[1]!, f1) + imul(w[2]!, f2) + imul(w[3]!, f3) + imul(w[4]!, f4) + imul(w[5]!, f5)) | 0) +
      ((imul(w[6]!, f6) + imul(w[7]!, f7) + imul(w[8]!, f8) + imul(w[9]!, f9) + imul(w[10]!, f10) + imul(w[11]!, f11)) | 0) +
      ((imul(w[12]!, f12) + imul(w[13]!, f13) + imul(w[14]!, f14) + imul(w[15]!, f15) + imul(w[17]!, 16) + imul(w[18]!, f18)) | 0) +
      imul(w[16]!, f16);
    const sum = (total * NORMS[column + rows[i]!]!) | 0;
    const trusted = prediction ? trusting(prediction.trust, sum, Math.abs(mean)) : sum;
    if (coder.flag(b, levelOf(trusted), classOf(marks[i]!))) {
      const value = coder.value(b, sum, mean, levelOf(trusted + imul(gain, f13), 3));
      if (value !== 0) putValue(own, i, k, value);
    }
    if (luma) accumulate(own, i, here);
    a[i] = (imul(f13, ACTIVITY_KEPT) >> 8) + (m[here]! & MAGNITUDE_MASK);
  }
}
