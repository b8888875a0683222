import type { Plane } from '../core/plane.js';

/**
 * The overlap of neighbouring blocks: an orthogonal filter across every inner block border, F = B diag(I, W) B with the butterflies
 * B = [I J; J -I] / sqrt 2 and W = C2^T C4 (DCT-II transposed times DCT-IV of half a block). Applied before the DCT it makes a
 * lapped transform; its transpose after the inverse DCT undoes it. After T. D. Tran, J. Liang, C. Tu, "Lapped transform via
 * time-domain pre- and post-filtering", IEEE Trans. Signal Processing 51(6), 2003, in its orthonormal form.
 */
// biome-ignore format: a matrix
const W4 = [
  0.964601496308, -0.249214800322, -0.028570316187, -0.081361376913,
  0.219311066554, 0.860039928490, -0.444305122339, 0.121765905546,
  0.081361376913, 0.421417795381, 0.699202911891, -0.571754017115,
  0.121765905546, 0.143632678871, 0.559367485022, 0.807248867764,
];
/** W of blocks of four is a rotation: its cosine and sine. */
const W2C = 0.923879532511;
const W2S = 0.382683432365;

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
  // W, or its transpose for the inverse, hoisted to locals.
  const w = (i: number, j: number): number => (inverse ? W4[j * 4 + i]! : W4[i * 4 + j]!);
  const [w00, w01, w02, w03] = [w(0, 0), w(0, 1), w(0, 2), w(0, 3)];
  const [w10, w11, w12, w13] = [w(1, 0), w(1, 1), w(1, 2), w(1, 3)];
  const [w20, w21, w22, w23] = [w(2, 0), w(2, 1), w(2, 2), w(2, 3)];
  const [w30, w31, w32, w33] = [w(3, 0), w(3, 1), w(3, 2), w(3, 3)];
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
  const c = W2C;
  const s = inverse ? W2S : -W2S;
  for (let n = 0, p = at - 2 * step; n < count; n++, p += hop) {
    const p1 = p + step;
    const p2 = p1 + step;
    const p3 = p2 + step;
    const s0 = data[p]! + data[p3]!;
    const s1 = data[p1]! + data[p2]!;
    const d0 = data[p]! - data[p3]!;
    const d1 = data[p1]! - data[p2]!;
    const f0 = c * d0 + s * d1;
    const f1 = c * d1 - s * d0;
    data[p] = (s0 + f0) * 0.5;
    data[p1] = (s1 + f1) * 0.5;
    data[p2] = (s1 - f1) * 0.5;
    data[p3] = (s0 - f0) * 0.5;
  }
}
