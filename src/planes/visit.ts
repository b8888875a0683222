import { levelOf, levelOfNonzero, meanMagnitude } from './companding.js';
import { meanOf, type PlaneContext } from './contexts.js';
import { putValue } from './factor.js';
import { predicted, trusting } from './prediction.js';

// Products by Math.imul: a negative weight times 0 is -0 otherwise, and the engine gives up on integers.
const { imul } = Math;

/** What a reader and a writer do at each coefficient of a plane. */
export interface PlaneCoder {
  /**
   * Codes whether the coefficient at position i is not zero, under the level of its expected magnitude; `mean` is its signed mean. Returns whether
   * `value` is to be called.
   */
  flag(i: number, level: number, mean: number): boolean;
  /**
   * Codes the rest under the level of the expected magnitude of what is not zero; `noise` is the level of the expected distance from the mean. Returns
   * the value in half steps.
   */
  value(i: number, noise: number, mean: number, magnitudeLevel: number): number;
}

/**
 * Visits the coefficients of plane k in the blocks whose rows go on, in raster order, works out the contexts of each, and keeps what later contexts need.
 * Reader and writer share it, so that they cannot differ. One long function on purpose: weights and neighbours as locals are twice as
 * fast as arrays of features.
 */
export function visitPlane(context: PlaneContext, coder: PlaneCoder): void {
  const { own, luma, chroma, k, prediction, left, up, upLeft, left2, up2, diagonal, transposed } = context;
  const { living, magnitudes: m, eastSouth: es, around: r, activity: a, size, stride } = own;
  const y = luma ? luma.magnitudes : m;
  const z = chroma ? chroma.magnitudes : m;
  const down = stride * size;
  const [e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, e13] =
    context.expectation as unknown as Weights;
  const [e14, e15, e16, e17, e18, e19, e20, e21, e22, e23, e24, e25, e26] = context.expectation.subarray(
    14,
  ) as unknown as Weights;
  const g = context.magnitude;
  const coded: number[] = [];
  for (let n = 0; n < living.length; n++) {
    const i = living[n]!;
    const mean = prediction ? predicted(prediction, i) : context.mean ? meanOf(context, i) : 0;
    const b = i * size;
    const here = b + k;
    const north = here - down;
    const f0 = m[here - size]!;
    const f1 = m[north]!;
    const f2 = m[north - size]!;
    const f3 = m[north + size]!;
    const f4 = m[here - size - size]! + m[north - down]!;
    const f5 = m[b + left]!;
    const f6 = m[b + up]!;
    const f7 = m[b + upLeft]!;
    const f8 = m[b + left2]! + m[b + up2]!;
    const f9 = m[b + diagonal]!;
    const f10 = es[b + left]! + es[b + up]!;
    const f11 = r[b + left]! + r[b + up]! - f10;
    const eastSouth = es[b + diagonal]!;
    const f12 = r[b + upLeft]! + eastSouth;
    const f13 = a[i]!;
    const f14 = a[i - 1]! + a[i - stride]!;
    const f15 = a[i + 1]! + a[i + stride]!;
    const f16 = a[i - stride - 1]! + a[i - stride + 1]! + a[i + stride - 1]! + a[i + stride + 1]!;
    const f21 = meanMagnitude(mean);
    const f23 = r[b + left2]! + r[b + up2]!;
    const f24 = m[b + transposed]!;
    const f25 = r[b + diagonal]! - eastSouth;
    const f26 = f5 > f6 ? f5 : f6;
    let f17 = 0;
    let f18 = 0;
    let f19 = 0;
    let f20 = 0;
    // biome-ignore-start format: features side by side
    let sum = (imul(e0, f0) + imul(e1, f1) + imul(e2, f2) + imul(e3, f3) + imul(e4, f4)) | 0;
    sum = (sum + imul(e5, f5) + imul(e6, f6) + imul(e7, f7) + imul(e8, f8) + imul(e9, f9)) | 0;
    sum = (sum + imul(e10, f10) + imul(e11, f11) + imul(e12, f12) + imul(e13, f13)) | 0;
    sum = (sum + imul(e14, f14) + imul(e15, f15) + imul(e16, f16) + imul(e21, f21)) | 0;
    sum = (sum + imul(e22, 16) + imul(e23, f23) + imul(e24, f24) + imul(e25, f25) + imul(e26, f26)) | 0;
    // biome-ignore-end format: features side by side
    if (luma) {
      f17 = y[here]!;
      f18 = luma.around[here]!;
      sum = (sum + imul(e17, f17) + imul(e18, f18)) | 0;
      if (chroma) {
        f19 = z[here]!;
        f20 = chroma.around[here]!;
        sum = (sum + imul(e19, f19) + imul(e20, f20)) | 0;
      }
    }
    const noise = levelOf(sum);
    const level = prediction ? levelOf(trusting(prediction.trust, sum, Math.abs(mean))) : noise;
    if (coder.flag(i, level, mean)) {
      // biome-ignore-start format: features side by side
      let rest =
        (imul(g[0]!, f0) + imul(g[1]!, f1) + imul(g[2]!, f2) + imul(g[3]!, f3) + imul(g[4]!, f4)) | 0;
      rest =
        (rest + imul(g[5]!, f5) + imul(g[6]!, f6) + imul(g[7]!, f7) + imul(g[8]!, f8) + imul(g[9]!, f9)) | 0;
      rest =
        (rest +
          imul(g[10]!, f10) +
          imul(g[11]!, f11) +
          imul(g[12]!, f12) +
          imul(g[13]!, f13) +
          imul(g[14]!, f14)) |
        0;
      rest = (rest + imul(g[15]!, f15) + imul(g[16]!, f16) + imul(g[17]!, f17) + imul(g[18]!, f18)) | 0;
      rest = (rest + imul(g[19]!, f19) + imul(g[20]!, f20) + imul(g[21]!, f21) + imul(g[22]!, 16)) | 0;
      rest = (rest + imul(g[23]!, f23) + imul(g[24]!, f24) + imul(g[25]!, f25) + imul(g[26]!, f26)) | 0;
      // biome-ignore-end format: features side by side
      if (prediction) rest = trusting(prediction.trust, rest, Math.abs(mean));
      const value = coder.value(i, noise, mean, levelOfNonzero(rest));
      if (value !== 0) {
        putValue(own, i, k, value);
        coded.push(i);
      }
    }
    if (luma) accumulate(context, i);
  }
  settleActivity(own.activity, m, size, k, coded);
}

type Weights = [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** Adds the coefficient at position i to the sums of the regressions on the other channels. */
function accumulate({ own, luma, chroma, k }: PlaneContext, i: number): void {
  const p = i * own.size + k;
  const value = own.values[p]!;
  const x = luma!.values[p]!;
  if (x !== 0) {
    own.lumaSquares![i]! += x * x;
    own.lumaProducts![i]! += x * value;
  }
  if (!chroma) return;
  const w = chroma.values[p]!;
  if (w !== 0) {
    own.chromaSquares![i]! += w * w;
    own.chromaProducts![i]! += w * value;
  }
}

/** Activity after a plane: 218/256 of what it was, plus the plane's magnitude where it is not zero. */
function settleActivity(
  activity: Int32Array,
  magnitudes: Uint8Array,
  size: number,
  k: number,
  coded: number[],
): void {
  for (let i = 0; i < activity.length; i++) activity[i] = imul(activity[i]!, 218) >> 8;
  for (let n = 0; n < coded.length; n++) activity[coded[n]!]! += magnitudes[coded[n]! * size + k]!;
}
