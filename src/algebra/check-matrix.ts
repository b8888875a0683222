import { CodecError } from '../core/errors.js';
import type { Matrix } from '../core/matrix.js';

/** Entries above this are refused: their sums of squares, once rescaled, must still be numbers. */
const LARGEST = 2 ** 1000;

/**
 * Throws OPTION unless `a` is a matrix that every function of this folder can take: at least 1 x 1, its
 * stride and data large enough, each entry finite and at most 2^1000 in magnitude.
 *
 * Returns a power of two by which a caller may divide the entries so that the largest magnitude lies in
 * [1/2, 2) (1 for the zero matrix): squares then neither overflow nor vanish, and the division is exact.
 */
export function checkMatrix(a: Matrix, field = 'matrix'): number {
  const { rows, cols, stride, data } = a;
  if (!Number.isInteger(rows) || !Number.isInteger(cols) || rows < 1 || cols < 1)
    throw new CodecError('OPTION', {
      field,
      got: `${rows} x ${cols}`,
      expected: 'at least one row and one column',
    });
  if (!Number.isInteger(stride) || stride < cols || data.length < (rows - 1) * stride + cols)
    throw new CodecError('OPTION', {
      field,
      got: `stride ${stride}, ${data.length} elements`,
      expected: `a stride of at least ${cols} and elements for ${rows} rows`,
    });
  let largest = 0;
  for (let r = 0; r < rows; r++)
    for (let p = r * stride, end = p + cols; p < end; p++) {
      const magnitude = Math.abs(data[p]!);
      // Written so that NaN fails too.
      if (!(magnitude <= LARGEST))
        throw new CodecError('OPTION', {
          field: `${field}[${r}, ${p - r * stride}]`,
          got: data[p],
          expected: 'a finite number, at most 2^1000 in magnitude',
        });
      if (magnitude > largest) largest = magnitude;
    }
  // -1021 keeps the quotient of the smallest subnormal finite.
  return largest === 0 ? 1 : 2 ** Math.max(-1021, Math.floor(Math.log2(largest)));
}
