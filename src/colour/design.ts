import { jacobiEigen } from '../algebra/jacobi.js';
import { matrix } from '../core/matrix.js';
import type { Raster } from '../core/raster.js';
import { FIXED_BASIS, QUATERNION_BITS, QUATERNION_REAL } from './basis.js';

/** Samples apart of the differences whose covariance is factored: so far that noise, so near that brightness does not dominate. */
const LAG = 2;

/**
 * The picture's own colour SVD: the right singular vectors of the matrix of horizontal and vertical RGB differences at distance 2 (each
 * row one difference), as the integers x, y, z of `colourBasis`. A picture without colour differences gives 0, 0, 0, the fixed basis.
 */
export function designColourBasis(raster: Raster): [number, number, number] {
  const { values, vectors } = jacobiEigen(differenceCovariance(raster));
  if (!(values[0]! > 0)) return [0, 0, 0];
  // Rows of T: eigenvectors in order of variance, signs as in the fixed basis, determinant likewise.
  const t = new Float64Array(9);
  for (let c = 0; c < 3; c++) {
    let along = 0;
    for (let i = 0; i < 3; i++) along += vectors.data[i * vectors.stride + c]! * FIXED_BASIS[c * 3 + i]!;
    for (let i = 0; i < 3; i++) t[c * 3 + i] = (along < 0 ? -1 : 1) * vectors.data[i * vectors.stride + c]!;
  }
  if (determinant(t) * determinant(FIXED_BASIS) < 0) for (let i = 6; i < 9; i++) t[i] = -t[i]!;
  return quaternion(t);
}

/** Sum over the picture of d d^T for all differences d = pixel - pixel two to the left, and two above. */
function differenceCovariance({ width, height, channels, data }: Raster) {
  let [rr, rg, rb, gg, gb, bb] = [0, 0, 0, 0, 0, 0];
  const stride = width * channels;
  for (const way of [0, 1]) {
    const hop = LAG * (way ? stride : channels);
    for (let y = way ? LAG : 0; y < height; y++)
      for (let x = way ? 0 : LAG, i = y * stride + x * channels; x < width; x++, i += channels) {
        const r = data[i]! - data[i - hop]!;
        const g = data[i + 1]! - data[i - hop + 1]!;
        const b = data[i + 2]! - data[i - hop + 2]!;
        rr += r * r;
        rg += r * g;
        rb += r * b;
        gg += g * g;
        gb += g * b;
        bb += b * b;
      }
  }
  return matrix(3, 3, Float64Array.of(rr, rg, rb, rg, gg, gb, rb, gb, bb));
}

function determinant(t: Float64Array): number {
  return (
    t[0]! * (t[4]! * t[8]! - t[5]! * t[7]!) -
    t[1]! * (t[3]! * t[8]! - t[5]! * t[6]!) +
    t[2]! * (t[3]! * t[7]! - t[4]! * t[6]!)
  );
}

/** The rotation R = T F^T as a quaternion with real part 256, rounded and clamped to what the file can hold. */
function quaternion(t: Float64Array): [number, number, number] {
  const r = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < 3; k++) sum += t[i * 3 + k]! * FIXED_BASIS[j * 3 + k]!;
    return sum;
  };
  const w = Math.sqrt(Math.max(1e-6, 1 + r(0, 0) + r(1, 1) + r(2, 2))) / 2;
  const limit = 2 ** (QUATERNION_BITS - 1);
  const store = (v: number): number =>
    Math.max(-limit, Math.min(limit - 1, Math.round((v / (4 * w * w)) * QUATERNION_REAL)));
  return [store(r(2, 1) - r(1, 2)), store(r(0, 2) - r(2, 0)), store(r(1, 0) - r(0, 1))];
}
