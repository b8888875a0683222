/**
 * The wavelet transform of a column: CDF 9/7 by lifting, with whole-sample symmetric extension, of any length. After I. Daubechies,
 * W. Sweldens, "Factoring wavelet transforms into lifting steps", J. Fourier Anal. Appl. 4(3), 1998; scaled so that it is nearly
 * orthonormal. The order of the operations is normative (codec-spec.md, "Columns").
 */

/** Weights of the four lifting steps of the analysis, for odd and even samples in turn. */
export const LIFTS = [-1.586134, -0.05298, 0.882911, 0.443507];
/** The analysis multiplies even samples by this and divides odd ones by it. */
export const SCALE = 1.149604;

/** x[i] += weight (x[i - 1] + x[i + 1]) for every second i < n from `parity` on; a missing neighbour is replaced by the other. n >= 2. */
export function lift(x: Float64Array, n: number, parity: number, weight: number): void {
  for (let i = parity; i < n; i += 2)
    x[i] = x[i]! + weight * (x[i ? i - 1 : 1]! + x[i + 1 < n ? i + 1 : i - 1]!);
}

/** Coefficients, coarse bands first, -> samples: the first n of x, in place. */
export function synthesise(x: Float64Array, n = x.length): void {
  if (n < 2) return;
  const half = (n + 1) >> 1;
  synthesise(x, half);
  const bands = x.slice(0, n);
  for (let i = 0; i < n; i++) x[i] = i & 1 ? bands[half + (i >> 1)]! * SCALE : bands[i >> 1]! / SCALE;
  for (let k = 3; k >= 0; k--) lift(x, n, ~k & 1, -LIFTS[k]!);
}
