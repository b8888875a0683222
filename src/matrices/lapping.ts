import type { Plane } from '../core/plane.js';

/**
 * The overlap of neighbouring blocks: a filter across every inner block border, B diag(I, W) B with the butterflies B = [I J; J -I] / sqrt
 * 2, applied before the DCT to make a lapped transform, and undone after the inverse DCT with the inverse of W. After T. D. Tran, J. Liang,
 * C. Tu, "Lapped transform via time-domain pre- and post-filtering", IEEE Trans. Signal Processing 51(6), 2003. W need not be orthogonal:
 * it was found by maximising the coding gain on an AR(1) process (correlation 0.65 for blocks of 8, 0.8 for blocks of 4), counting the
 * noise that the inverse filter amplifies. This is its inverse, which is normative. For blocks of 4 the outer four of the eight samples
 * stay as they are.
 */
// biome-ignore format: a matrix
const INVERSE8 = [
  0.906, 0.132, 0.035, 0.047,
  -0.211, 0.804, 0.317, 0.1,
  0.016, -0.409, 0.648, 0.455,
  -0.041, 0.113, -0.555, 0.738,
];
// biome-ignore format: a matrix
const INVERSE4 = [
  1, 0, 0, 0,
  0, 1, 0, 0,
  0, 0, 0.815, 0.249,
  0, 0, -0.161, 0.643,
];
export const INVERSES = { 8: INVERSE8, 4: INVERSE4 };
/**
 * Norms of the synthesis functions in one dimension, by frequency. Stored coefficients are multiplied by them, so that an error in a
 * coefficient is as large in the picture.
 */
const ALONG8 = [0.925, 0.918, 0.945, 0.949, 0.967, 0.969, 0.984, 0.985];

/** Norm of the synthesis function of each coefficient u * 8 + v. */
export const NORMS8 = Float64Array.from({ length: 64 }, (_, k) => ALONG8[k >> 3]! * ALONG8[k & 7]!);

/** Undoes `lap`, in place: columns first, then rows. */
export const unlap = (plane: Plane, block: 4 | 8): void => across(plane, block, INVERSES[block]);

/**
 * Filters across the horizontal borders, with filters of a row side by side, then across the vertical ones, where the samples of a filter
 * are adjacent.
 */
export function across({ data, width, height }: Plane, block: 4 | 8, w: number[]): void {
  filter(data, block * width, width, 1, width, block * width, height / block - 1, w);
  filter(data, block, 1, block, width / block - 1, width, height, w);
}

type Row8 = [number, number, number, number, number, number, number, number];

/**
 * `rows` rows, `down` apart, of `count` filters, `hop` apart, the first with its border just before data[at]; the samples of one filter are `step` apart.
 */
function filter(
  data: Float32Array,
  at: number,
  step: number,
  hop: number,
  count: number,
  down: number,
  rows: number,
  w: number[],
): void {
  const [w00, w01, w02, w03, w10, w11, w12, w13] = w as Row8;
  const [w20, w21, w22, w23, w30, w31, w32, w33] = w.slice(8) as Row8;
  for (let y = 0, p0 = at - 4 * step; y < rows; y++, p0 += down)
    for (let n = 0, p = p0; n < count; n++, p += hop) {
      const p1 = p + step;
      const p2 = p1 + step;
      const p3 = p2 + step;
      const p4 = p3 + step;
      const p5 = p4 + step;
      const p6 = p5 + step;
      const p7 = p6 + step;
      const s0 = data[p]! + data[p7]!;
      const s1 = data[p1]! + data[p6]!;
      const s2 = data[p2]! + data[p5]!;
      const s3 = data[p3]! + data[p4]!;
      const d0 = data[p]! - data[p7]!;
      const d1 = data[p1]! - data[p6]!;
      const d2 = data[p2]! - data[p5]!;
      const d3 = data[p3]! - data[p4]!;
      const f0 = w00 * d0 + w01 * d1 + w02 * d2 + w03 * d3;
      const f1 = w10 * d0 + w11 * d1 + w12 * d2 + w13 * d3;
      const f2 = w20 * d0 + w21 * d1 + w22 * d2 + w23 * d3;
      const f3 = w30 * d0 + w31 * d1 + w32 * d2 + w33 * d3;
      data[p] = (s0 + f0) * 0.5;
      data[p1] = (s1 + f1) * 0.5;
      data[p2] = (s2 + f2) * 0.5;
      data[p3] = (s3 + f3) * 0.5;
      data[p4] = (s3 - f3) * 0.5;
      data[p5] = (s2 - f2) * 0.5;
      data[p6] = (s1 - f1) * 0.5;
      data[p7] = (s0 - f0) * 0.5;
    }
}
