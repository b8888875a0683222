import type { Plane } from '../core/plane.js';

/**
 * The overlap of neighbouring blocks: a filter across every inner block border, B diag(I, W) B with the butterflies B = [I J; J -I] / sqrt 2,
 * applied before the DCT to make a lapped transform, and undone after the inverse DCT by the same with the inverse of W. After T. D. Tran,
 * J. Liang, C. Tu, "Lapped transform via time-domain pre- and post-filtering", IEEE Trans. Signal Processing 51(6), 2003. W is
 * not orthogonal: it is free, and was found by maximising the coding gain on an AR(1) process (correlation 0.7 for blocks of 8, 0.8 for blocks
 * of 4), the noise that the inverse filter amplifies counted in.
 */
// biome-ignore format: a matrix
const W8 = [
  1.074462571998, -0.166120628553, -0.006783413108, -0.038232891358,
  0.253853918990, 0.996226637549, -0.400965099840, 0.102847823095,
  0.085739540241, 0.498499547138, 0.826598663254, -0.568056721655,
  0.089645610950, 0.220087954281, 0.690026191358, 0.915240957114,
];
/** The inverse of W8; this one is normative. */
// biome-ignore format: a matrix
const INVERSE8 = [
  0.895294, 0.123990, 0.031554, 0.043051,
  -0.219599, 0.793535, 0.306446, 0.091855,
  0.010273, -0.415583, 0.638244, 0.443264,
  -0.042630, 0.110354, -0.557972, 0.732114,
];
/** The same for blocks of 4. */
const W4 = [1.214830379659, -0.272754983301, 0.613432464979, 1.225657499850];
const INVERSE4 = [0.740005, 0.164679, -0.370367, 0.733468];
/**
 * Norms of the synthesis functions in one dimension, by frequency: coefficients are stored times them, so that an error in a coefficient is
 * as large in the picture.
 */
const NORMS8 = [0.912249, 0.906378, 0.941289, 0.945321, 0.966074, 0.96762, 0.983608, 0.983649];
const NORMS4 = [0.858821, 0.859274, 0.941999, 0.941586];

/** Norm of the synthesis function of each coefficient u * block + v. */
const normsOf = (norms: number[]): Float64Array =>
  Float64Array.from({ length: norms.length ** 2 }, (_, k) => norms[Math.floor(k / norms.length)]! * norms[k % norms.length]!);
export const NORMS = { 8: normsOf(NORMS8), 4: normsOf(NORMS4) };

type Row8 = [number, number, number, number, number, number, number, number];

/** Overlaps the blocks of `plane`, in place: rows first (across vertical borders), then columns. */
export function lap(plane: Plane, block: 4 | 8): void {
  acrossColumns(plane, block, false);
  acrossRows(plane, block, false);
}

/** Undoes `lap`, in place: columns first, then rows. */
export function unlap(plane: Plane, block: 4 | 8): void {
  acrossRows(plane, block, true);
  acrossColumns(plane, block, true);
}

/** Across the vertical borders: the samples of one filter lie side by side. */
function acrossColumns({ data, width, height }: Plane, block: 4 | 8, inverse: boolean): void {
  const filter = block === 8 ? filter8 : filter4;
  for (let y = 0; y < height; y++) filter(data, y * width + block, 1, block, width / block - 1, inverse);
}

/** Across the horizontal borders: a row of filters side by side. */
function acrossRows({ data, width, height }: Plane, block: 4 | 8, inverse: boolean): void {
  const filter = block === 8 ? filter8 : filter4;
  for (let y = block; y < height; y += block) filter(data, y * width, width, 1, width, inverse);
}

/**
 * `count` filters, `hop` apart, the first with its border just before data[at]; the samples of one filter are `step` apart.
 */
function filter8(data: Float32Array, at: number, step: number, hop: number, count: number, inverse: boolean): void {
  const w = inverse ? INVERSE8 : W8;
  const [w00, w01, w02, w03, w10, w11, w12, w13] = w as Row8;
  const [w20, w21, w22, w23, w30, w31, w32, w33] = w.slice(8) as Row8;
  for (let n = 0, p = at - 4 * step; n < count; n++, p += hop) {
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

/** The same for blocks of four. */
function filter4(data: Float32Array, at: number, step: number, hop: number, count: number, inverse: boolean): void {
  const [w00, w01, w10, w11] = (inverse ? INVERSE4 : W4) as [number, number, number, number];
  for (let n = 0, p = at - 2 * step; n < count; n++, p += hop) {
    const p1 = p + step;
    const p2 = p1 + step;
    const p3 = p2 + step;
    const s0 = data[p]! + data[p3]!;
    const s1 = data[p1]! + data[p2]!;
    const d0 = data[p]! - data[p3]!;
    const d1 = data[p1]! - data[p2]!;
    const f0 = w00 * d0 + w01 * d1;
    const f1 = w10 * d0 + w11 * d1;
    data[p] = (s0 + f0) * 0.5;
    data[p1] = (s1 + f1) * 0.5;
    data[p2] = (s1 - f1) * 0.5;
    data[p3] = (s0 - f0) * 0.5;
  }
}
