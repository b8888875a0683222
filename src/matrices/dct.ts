/**
 * The orthonormal DCT-II and its inverse on 8 or 4 samples, by even and odd parts. The order of the operations is
 * normative (codec-spec.md, "Inverse transform"): doubles, each line as written.
 */

// C[k] = cos(k pi / 16) / 2; C[4] is also the weight of the mean of eight, 1 / sqrt 8.
const C1 = 0.49039264;
const C2 = 0.46193977;
const C3 = 0.41573481;
const C4 = 0.35355339;
const C5 = 0.27778512;
const C6 = 0.19134172;
const C7 = 0.09754516;
// D[k] = cos(k pi / 8) / sqrt 2, for four samples.
const D1 = 0.65328148;
const D3 = 0.27059805;

/** Inverse DCT of eight numbers at x[at + n * step], in place. */
export function inverse8(x: Float64Array, at: number, step: number): void {
  const x0 = x[at]!;
  const x1 = x[at + step]!;
  const x2 = x[at + 2 * step]!;
  const x3 = x[at + 3 * step]!;
  const x4 = x[at + 4 * step]!;
  const x5 = x[at + 5 * step]!;
  const x6 = x[at + 6 * step]!;
  const x7 = x[at + 7 * step]!;
  const a = (x0 + x4) * C4;
  const b = (x0 - x4) * C4;
  const c = x2 * C2 + x6 * C6;
  const d = x2 * C6 - x6 * C2;
  const e0 = a + c;
  const e1 = b + d;
  const e2 = b - d;
  const e3 = a - c;
  const o0 = x1 * C1 + x3 * C3 + x5 * C5 + x7 * C7;
  const o1 = x1 * C3 - x3 * C7 - x5 * C1 - x7 * C5;
  const o2 = x1 * C5 - x3 * C1 + x5 * C7 + x7 * C3;
  const o3 = x1 * C7 - x3 * C5 + x5 * C3 - x7 * C1;
  x[at] = e0 + o0;
  x[at + step] = e1 + o1;
  x[at + 2 * step] = e2 + o2;
  x[at + 3 * step] = e3 + o3;
  x[at + 4 * step] = e3 - o3;
  x[at + 5 * step] = e2 - o2;
  x[at + 6 * step] = e1 - o1;
  x[at + 7 * step] = e0 - o0;
}

/** DCT of eight numbers at x[at + n * step], in place: the transpose of inverse8. */
export function forward8(x: Float64Array, at: number, step: number): void {
  const x0 = x[at]!;
  const x1 = x[at + step]!;
  const x2 = x[at + 2 * step]!;
  const x3 = x[at + 3 * step]!;
  const x4 = x[at + 4 * step]!;
  const x5 = x[at + 5 * step]!;
  const x6 = x[at + 6 * step]!;
  const x7 = x[at + 7 * step]!;
  const e0 = x0 + x7;
  const e1 = x1 + x6;
  const e2 = x2 + x5;
  const e3 = x3 + x4;
  const o0 = x0 - x7;
  const o1 = x1 - x6;
  const o2 = x2 - x5;
  const o3 = x3 - x4;
  x[at] = (e0 + e1 + e2 + e3) * C4;
  x[at + 4 * step] = (e0 - e1 - e2 + e3) * C4;
  x[at + 2 * step] = (e0 - e3) * C2 + (e1 - e2) * C6;
  x[at + 6 * step] = (e0 - e3) * C6 - (e1 - e2) * C2;
  x[at + step] = o0 * C1 + o1 * C3 + o2 * C5 + o3 * C7;
  x[at + 3 * step] = o0 * C3 - o1 * C7 - o2 * C1 - o3 * C5;
  x[at + 5 * step] = o0 * C5 - o1 * C1 + o2 * C7 + o3 * C3;
  x[at + 7 * step] = o0 * C7 - o1 * C5 + o2 * C3 - o3 * C1;
}

/** DCT of four numbers at x[at + n * step], in place, orthonormal. */
export function forward4(x: Float64Array, at: number, step: number): void {
  const x0 = x[at]!;
  const x1 = x[at + step]!;
  const x2 = x[at + 2 * step]!;
  const x3 = x[at + 3 * step]!;
  x[at] = (x0 + x3 + x1 + x2) * 0.5;
  x[at + 2 * step] = (x0 + x3 - x1 - x2) * 0.5;
  x[at + step] = (x0 - x3) * D1 + (x1 - x2) * D3;
  x[at + 3 * step] = (x0 - x3) * D3 - (x1 - x2) * D1;
}
