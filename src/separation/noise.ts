import type { Frames } from './opponent.js';

/**
 * The share of a pixel's samples that is trusted to be background. The shortest interval that holds it is the clip's own measure of
 * noise: it bears up to 60 % of the frames being something else, where a median and its deviation bear less than half.
 */
const SHARE = 0.4;

/** Half of the shortest interval with SHARE of a Gaussian, in standard deviations. */
const HALF_WIDTH = 0.5244;

/** The weight of the clip's common variance against that of the pixel itself, in frames. */
const PRIOR_FRAMES = 4;

/** Variance of rounding and of dithered palettes, squared code values of 8 bits: a smaller variance is not believed. */
const LEAST_VARIANCE = 0.25;

/**
 * A pixel has at least this share of the common variance, and, however noisy its unmasked frames, at most this multiple of what its
 * shortest interval says; otherwise what often stands there would count as its noise.
 */
const LEAST_SHARE = 0.5;
const MOST_RATIO = 4;

/** The noise of each sample of a frame, as far as it is known. */
export interface Noise {
  /** Variance, planes x pixels. */
  variance: Float32Array;
  /** Upper limit of it. */
  limit: Float32Array;
}

/** Centre and standard deviation from the shortest interval that holds SHARE of `values`, 2 or more, which it sorts. */
export function shortestInterval(values: Float32Array): { centre: number; deviation: number } {
  const count = values.length;
  const sorted = values.sort();
  const inside = Math.max(2, Math.ceil(SHARE * count));
  let [width, at] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i + inside <= count; i++)
    if (sorted[i + inside - 1]! - sorted[i]! < width) {
      width = sorted[i + inside - 1]! - sorted[i]!;
      at = i;
    }
  return { centre: sorted[at + (inside >> 1)]!, deviation: width / 2 / HALF_WIDTH };
}

/** The noise from variances measured on `frames` samples each; `planes` of `width` pixels a row. */
export function startNoise(measured: Float32Array, frames: number, pixels: number, width: number): Noise {
  const limit = measured.map(value => MOST_RATIO * value);
  const variance = measured.slice();
  const counts = new Float32Array(pixels).fill(frames);
  for (let base = 0; base < variance.length; base += pixels)
    shrink(variance.subarray(base, base + pixels), limit.subarray(base, base + pixels), counts, width);
  return { variance, limit };
}

/** The lower limits of each plane's variances. */
export function leastVariances({ variance }: Noise, pixels: number): Float32Array {
  return Float32Array.from({ length: variance.length / pixels }, (_, plane) => {
    const sorted = variance.slice(plane * pixels, (plane + 1) * pixels).sort();
    return LEAST_SHARE * Math.max(LEAST_VARIANCE, sorted[pixels >> 1]!);
  });
}

/** Updates the noise from the squared residuals of the unmasked samples. `rest` computes frame t minus its background. */
export function updateNoise(
  noise: Noise,
  frames: Frames,
  masks: readonly Uint8Array[],
  rest: (t: number) => Float32Array,
  width: number,
): void {
  const { variance, limit } = noise;
  const pixels = masks[0]!.length;
  const counts = new Float32Array(pixels);
  variance.fill(0);
  for (let t = 0; t < frames.length; t++) {
    const [left, mask] = [rest(t), masks[t]!];
    for (let p = 0; p < pixels; p++) {
      if (mask[p] !== 0) continue;
      counts[p] = counts[p]! + 1;
      for (let i = p; i < left.length; i += pixels) variance[i] = variance[i]! + left[i]! * left[i]!;
    }
  }
  for (let i = 0; i < variance.length; i++) variance[i] = variance[i]! / Math.max(1, counts[i % pixels]!);
  for (let base = 0; base < variance.length; base += pixels)
    shrink(variance.subarray(base, base + pixels), limit.subarray(base, base + pixels), counts, width);
}

/**
 * Draws one plane's variances towards their median and keeps them within their limits, then raises those with noisier neighbours: what
 * sways also sways a little farther.
 */
function shrink(variance: Float32Array, limit: Float32Array, counts: Float32Array, width: number): void {
  const known = variance.filter((_, p) => counts[p]! > 0).sort();
  const common = Math.max(LEAST_VARIANCE, known[known.length >> 1] ?? 0);
  for (let p = 0; p < variance.length; p++) {
    const drawn = (PRIOR_FRAMES * common + counts[p]! * variance[p]!) / (PRIOR_FRAMES + counts[p]!);
    variance[p] = Math.max(LEAST_SHARE * common, Math.min(drawn, limit[p]!));
  }
  const around = smooth(variance, width);
  for (let p = 0; p < variance.length; p++) variance[p] = Math.max(variance[p]!, around[p]!);
}

/** A plane filtered by 1 2 1 in both directions, edges repeated. */
export function smooth(
  plane: Float32Array,
  width: number,
  out: Float32Array = new Float32Array(plane.length),
): Float32Array {
  const rows = plane.length / width;
  const above = new Float32Array(width);
  const sum = (x: number, y: number): number => {
    const at = Math.max(0, Math.min(rows - 1, y)) * width;
    return plane[at + Math.max(0, x - 1)]! + 2 * plane[at + x]! + plane[at + Math.min(width - 1, x + 1)]!;
  };
  const here = new Float32Array(width);
  for (let x = 0; x < width; x++) above[x] = here[x] = sum(x, 0);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < width; x++) {
      const below = sum(x, y + 1);
      out[y * width + x] = (above[x]! + 2 * here[x]! + below) / 16;
      above[x] = here[x]!;
      here[x] = below;
    }
  return out;
}
