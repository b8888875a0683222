import type { PlaneContext } from '../../planes/contexts.js';
import { ACTIVITY_KEPT, type Factor, MAGNITUDE_MASK, rowsOf } from '../../planes/factor.js';
import { NORMS } from '../../planes/weights.js';
import { classOf } from '../../runs/runs.js';
import { TABULATED } from './prices.js';

/**
 * What a unit of companded magnitude adds to the bits of other coefficients: for plane k at position i, at k * places + i as in a Factor.
 */
export interface Externals extends Pick<Factor, 'places' | 'positions'> {
  gradient: Float32Array;
}

/** Gradients of three sums: of the magnitudes east and south and of those all around, at k * places + i, and of activity, at i. */
export interface Sums {
  eastSouth: Float32Array;
  around: Float32Array;
  activity: Float32Array;
}

/** The coefficients of one channel, and the slopes of their prices; those of "not zero" by class of block (see classOf). */
export interface Priced {
  levels: Int32Array;
  lastBand: Uint8Array;
  /** Notes of the coefficients. */
  coefficients: Uint32Array;
  zeroSlopes: Float32Array[];
  sizeSlopes: Float32Array;
}

/** Where the debts of a channel go: the gradients of its own magnitudes, of their sums, of its activity, and of luma's magnitudes. */
export interface Debts extends Sums {
  g: Float32Array;
  luma: Float32Array | undefined;
}

/**
 * Passes activity's gradient on through one plane, and adds what the plane's coefficients owe. A separate function, since the engine
 * compiles what is called often.
 */
export function addPlane(
  { own, k, left, up, upLeft, left2, up2, diagonal, expectation, gain, marks }: PlaneContext,
  { levels, lastBand, coefficients, zeroSlopes, sizeSlopes }: Priced,
  { g, activity, luma, eastSouth, around }: Debts,
  band: number,
): void {
  const { magnitudes, places, stride, positions } = own;
  const rows = rowsOf(own, k);
  const column = own.columnWeights[k]!;
  const w = Float64Array.from(expectation);
  for (let i = 0, at = k * places; i < places; i++, at++) {
    g[at]! += activity[i]!;
    activity[i]! *= ACTIVITY_KEPT / 256;
  }
  for (let b = 0; b < positions.length; b++) {
    if (lastBand[b]! < band) continue;
    const i = positions[b]!;
    const level = Math.abs(levels[b * 64 + k]!);
    const note = coefficients[k * positions.length + b]!;
    const size = level && sizeSlopes[((note >> 5) & 31) * (TABULATED + 1) + Math.min(level, TABULATED)]!;
    const norm = NORMS[column + rows[i]!]!;
    const s = (zeroSlopes[classOf(marks[i]!)]![(note & 31) * 2 + (level ? 1 : 0)]! + size) * norm;
    const here = k * places + i;
    const north = here - stride;
    g[here - 1]! += s * w[0]!;
    g[north]! += s * w[1]!;
    g[north - 1]! += s * w[2]!;
    g[north + 1]! += s * w[3]!;
    const far = s * w[4]!;
    g[here - 2]! += far;
    g[north - stride]! += far;
    g[i + left]! += s * w[5]!;
    g[i + up]! += s * w[6]!;
    const larger = (magnitudes[i + left]! & MAGNITUDE_MASK) > (magnitudes[i + up]! & MAGNITUDE_MASK);
    g[i + (larger ? left : up)]! += s * w[18]!;
    g[i + upLeft]! += s * w[7]!;
    const second = s * w[8]!;
    g[i + left2]! += second;
    g[i + up2]! += second;
    g[i + diagonal]! += s * w[9]!;
    const before = s * w[11]!;
    const after = s * w[10]! - before;
    eastSouth[i + left]! += after;
    eastSouth[i + up]! += after;
    around[i + left]! += before;
    around[i + up]! += before;
    const corner = s * w[12]!;
    around[i + upLeft]! += corner;
    eastSouth[i + diagonal]! += corner;
    activity[i]! += s * w[13]! + size * norm * gain;
    const beside = s * w[14]!;
    activity[i - 1]! += beside;
    activity[i - stride]! += beside;
    if (luma) luma[here]! += s * w[15]!;
  }
}

/** Adds the gradients of the sums to those of the magnitudes in them, in all planes but plane 0. */
export function addSums(g: Float32Array, { eastSouth, around }: Sums, places: number, stride: number): void {
  for (let at = places; at < g.length - stride; at++)
    g[at]! +=
      eastSouth[at - 1]! +
      eastSouth[at - stride]! +
      around[at - 1]! +
      around[at + 1]! +
      around[at - stride]! +
      around[at + stride]!;
}
