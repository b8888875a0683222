import { transposedTimes } from '../algebra/multiply.js';
import { symmetricEigen } from '../algebra/symmetric-eigen.js';
import { transpose } from '../algebra/transpose.js';
import { matrix } from '../core/matrix.js';
import type { Plane } from '../core/plane.js';

/**
 * All squared singular values of a channel, descending: the eigenvalues of X^T X, or of X X^T if that is smaller. The sum from number k on
 * is the squared error of the best approximation of rank k. X is height x width, in the units of the plane.
 */
export function channelEnergies({ width, height, data }: Plane): Float64Array {
  const x = matrix(height, width, Float64Array.from(data));
  const tall = height < width ? transpose(x) : x;
  // A value that is zero except for rounding may come out negative.
  return symmetricEigen(transposedTimes(tall, tall)).values.map(value => Math.max(0, value));
}
