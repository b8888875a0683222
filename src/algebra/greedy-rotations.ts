import { CodecError } from '../core/errors.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { checkSymmetric } from './check-symmetric.js';
import { type FoundRotation, type Gain, largestRotation } from './largest-rotation.js';
import { rotateSymmetric } from './rotation.js';

export interface GreedyOptions {
  /** Most rotations to return, an integer from 0. */
  count: number;
  /** What a rotation is worth; default energyGain, in the units of the matrix. */
  gain?: Gain;
  /** Only axes below this take part, an integer from 0; default all. */
  axes?: number;
  /** Stop where no rotation gains more than this; default 0. */
  least?: number;
}

/**
 * Greedy Jacobi: the rotations that take a covariance matrix towards the diagonal, each the one of largest
 * gain in what the ones before it left. Applied in this order they turn one basis into a better one; every
 * prefix of the list is a basis too. `covariance` is not changed. Throws OPTION where it is not square,
 * finite and symmetric, or an option is out of range.
 */
export function greedyRotations(covariance: Matrix, options: GreedyOptions): FoundRotation[] {
  const { count, axes = covariance.rows } = options;
  for (const [field, got] of [
    ['count', count],
    ['axes', axes],
  ] as const)
    if (!Number.isInteger(got) || got < 0)
      throw new CodecError('OPTION', { field, got, expected: 'an integer from 0' });
  const { data, size, scale } = checkSymmetric(covariance);
  for (let i = 0; i < data.length; i++) data[i] = data[i]! * scale;
  const rest = matrix(size, size, data);
  const found: FoundRotation[] = [];
  while (found.length < count) {
    const rotation = largestRotation(rest, options);
    if (!rotation) break;
    rotateSymmetric(rest, rotation);
    // Zero by construction; what rounding leaves there must not be found again.
    data[rotation.i * size + rotation.j] = 0;
    data[rotation.j * size + rotation.i] = 0;
    found.push(rotation);
  }
  return found;
}
