import { CodecError } from '../core/errors.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { checkSymmetric } from './check-symmetric.js';
import { jacobiRotation, type Rotation, rotateBasis, rotateSymmetric } from './rotation.js';
import { type Eigen, sortedEigen } from './sorted-eigen.js';

export interface JacobiOptions {
  /** Off-diagonal norm over the norm of the matrix at which to stop, 0 or more; default 1e-14. */
  tolerance?: number;
  /** Sweeps over all pairs, 1 or more; default 30. Six to ten are usual. */
  maxSweeps?: number;
  /** Told of every rotation in the order it is applied. */
  onRotation?: (rotation: Rotation) => void;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi with a threshold (Golub and Van Loan,
 * Matrix Computations, sections 8.5.3 and 8.5.5). Slower than symmetricEigen; worth it where the matrix is
 * nearly diagonal or the rotations themselves are wanted. The product of the reported rotations, last one
 * leftmost, has the eigenvectors as its rows, before they are sorted. Throws OPTION where the matrix is not
 * square, finite and symmetric, or an option is out of range.
 */
export function jacobiEigen(a: Matrix, options: JacobiOptions = {}): Eigen {
  const { tolerance = 1e-14, maxSweeps = 30, onRotation } = options;
  if (!(tolerance >= 0) || tolerance === Infinity)
    throw new CodecError('OPTION', { field: 'tolerance', got: tolerance, expected: 'a number from 0' });
  if (!Number.isInteger(maxSweeps) || maxSweeps < 1)
    throw new CodecError('OPTION', { field: 'maxSweeps', got: maxSweeps, expected: 'an integer from 1' });
  const { data, size, scale } = checkSymmetric(a);
  const rest = matrix(size, size, data);
  const basis = matrix(size, size);
  for (let i = 0; i < size; i++) basis.data[i * size + i] = 1;
  const total = norm(data, size, false);
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    const off = norm(data, size, true);
    if (off <= tolerance * total) break;
    // Elements well below the average of what is left can wait for a later sweep.
    const threshold = sweep < 3 ? off / (5 * size) : 0;
    for (let i = 0; i + 1 < size; i++)
      for (let j = i + 1; j < size; j++) {
        if (Math.abs(data[i * size + j]!) <= threshold) continue;
        const rotation = jacobiRotation(rest, i, j);
        rotateSymmetric(rest, rotation);
        data[i * size + j] = 0;
        data[j * size + i] = 0;
        rotateBasis(basis, rotation);
        onRotation?.(rotation);
      }
  }
  const values = Float64Array.from({ length: size }, (_, i) => data[i * size + i]!);
  return sortedEigen(values, basis.data, scale);
}

/** Frobenius norm, of all elements or only those off the diagonal. */
function norm(data: Float64Array, size: number, offDiagonal: boolean): number {
  let sum = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) if (!offDiagonal || i !== j) sum += data[i * size + j]! ** 2;
  return Math.sqrt(sum);
}
