import { solvePositive } from '../algebra/solve-positive.js';
import type { Background } from './background.js';
import type { Frames } from './opponent.js';

/** Ridge on the normal equations, as a share of their trace: a pixel masked in nearly all frames keeps what it had. */
const RIDGE = 1e-6;

/** Deviations at which a pixel's trust has fallen to half. */
const HALF_TRUST = 3;

/** Trust of a pixel whose squares sum to `off` variances: 1 to FULL_TRUST (Cauchy's weight). */
export const FULL_TRUST = 255;
export const trustOf = (off: number): number => Math.max(1, FULL_TRUST / (1 + off / HALF_TRUST ** 2));

/**
 * One round of alternating least squares: first the weights of time for given vectors of space, then the vectors for given weights. Each
 * sample counts by its pixel's trust and, within a frame, by one over its variance. Changes `model`.
 *
 * @param trusts one a frame: 0 to FULL_TRUST for each pixel
 */
export function refit(
  model: Background,
  frames: Frames,
  trusts: readonly Uint8Array[],
  variance: Float32Array,
): void {
  for (const [t, frame] of frames.entries())
    fitWeights(model.space, frame.data, trusts[t]!, variance, 1, model.time, t * model.rank);
  fitSpace(model, frames, trusts);
}

/**
 * Weights of `space` that come nearest to `sample`, written into `out` from `at`. Each pixel counts by its `trust`, at every `step`-th of
 * them. The ridge pulls towards the previous content of `out`.
 */
export function fitWeights(
  space: readonly Float32Array[],
  sample: Float32Array,
  trust: Uint8Array,
  variance: Float32Array,
  step: number,
  out: Float64Array,
  at: number,
): void {
  const rank = space.length;
  const normal = new Float64Array(rank * rank);
  const right = new Float64Array(rank);
  const product = (a: Float32Array, b: Float32Array): number => {
    let sum = 0;
    for (let base = 0; base < sample.length; base += trust.length)
      for (let p = 0, i = base; p < trust.length; p += step, i += step)
        sum += (trust[p]! * a[i]! * b[i]!) / variance[i]!;
    return sum;
  };
  for (let k = 0; k < rank; k++) {
    for (let j = 0; j <= k; j++) normal[k * rank + j] = product(space[k]!, space[j]!);
    right[k] = product(space[k]!, sample);
  }
  solveNear(normal, right, out, at, rank);
}

function fitSpace({ rank, time, space }: Background, frames: Frames, trusts: readonly Uint8Array[]): void {
  const pixels = trusts[0]!.length;
  const samples = space[0]!.length;
  const normal = new Float64Array(rank * rank);
  const right = new Float64Array(rank);
  const values = new Float64Array(rank);
  for (let p = 0; p < pixels; p++)
    for (let i = p; i < samples; i += pixels) {
      normal.fill(0);
      right.fill(0);
      for (let t = 0; t < frames.length; t++) {
        const trust = trusts[t]![p]!;
        if (trust === 0) continue;
        const value = frames[t]!.data[i]!;
        for (let k = 0, at = t * rank; k < rank; k++) {
          const weight = trust * time[at + k]!;
          right[k] = right[k]! + weight * value;
          for (let j = 0; j <= k; j++) normal[k * rank + j] = normal[k * rank + j]! + weight * time[at + j]!;
        }
      }
      for (let k = 0; k < rank; k++) values[k] = space[k]![i]!;
      solveNear(normal, right, values, 0, rank);
      for (let k = 0; k < rank; k++) space[k]![i] = values[k]!;
    }
}

/**
 * Solves (N + ridge) x = right + ridge x0, with x0 in `out` from `at` and N given by its lower half; where nothing is known, x0 remains.
 */
function solveNear(
  normal: Float64Array,
  right: Float64Array,
  out: Float64Array,
  at: number,
  rank: number,
): void {
  let trace = 0;
  for (let k = 0; k < rank; k++) trace += normal[k * rank + k]!;
  if (!(trace > 0)) return;
  const ridge = RIDGE * trace;
  for (let k = 0; k < rank; k++) {
    normal[k * rank + k] = normal[k * rank + k]! + ridge;
    right[k] = right[k]! + ridge * out[at + k]!;
  }
  solvePositive(normal, right, rank);
  for (let k = 0; k < rank; k++) out[at + k] = right[k]!;
}
