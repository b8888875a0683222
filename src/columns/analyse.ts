import { LIFTS, lift, SCALE } from './wavelet.js';

/** Samples -> coefficients, coarse bands first: the first n of x, in place. The mirror of synthesise. */
export function analyseColumn(x: Float64Array, n = x.length): void {
  if (n < 2) return;
  const half = (n + 1) >> 1;
  for (let k = 0; k < 4; k++) lift(x, n, ~k & 1, LIFTS[k]!);
  const samples = x.slice(0, n);
  for (let i = 0; i < n; i++)
    x[i & 1 ? half + (i >> 1) : i >> 1] = i & 1 ? samples[i]! / SCALE : samples[i]! * SCALE;
  analyseColumn(x, half);
}
