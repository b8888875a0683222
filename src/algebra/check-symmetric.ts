import { CodecError } from '../core/errors.js';
import type { Matrix } from '../core/matrix.js';
import { checkMatrix } from './check-matrix.js';

/** Asymmetry that sums in another order may leave, relative to the largest entry. */
const ROUNDING = 1e-10;

/** A copy of the symmetric matrix `a` without gaps, divided by `scale`. */
export interface ScaledCopy {
  data: Float64Array<ArrayBuffer>;
  /** Entries, 1 or more, a side. */
  size: number;
  /** A power of two; the copy's largest magnitude lies in [1/2, 2). */
  scale: number;
}

/**
 * Throws OPTION unless `a` is square, finite and symmetric to 1e-10 of its largest entry; returns a scaled
 * copy, made exactly symmetric from its lower triangle.
 */
export function checkSymmetric(a: Matrix): ScaledCopy {
  const scale = checkMatrix(a);
  const { rows: size, cols, stride } = a;
  if (size !== cols)
    throw new CodecError('OPTION', {
      field: 'matrix',
      got: `${size} x ${cols}`,
      expected: 'a square matrix',
    });
  const data = new Float64Array(size * size);
  for (let r = 0; r < size; r++)
    for (let c = 0; c <= r; c++) {
      const value = a.data[r * stride + c]! / scale;
      if (Math.abs(value - a.data[c * stride + r]! / scale) > ROUNDING)
        throw new CodecError('OPTION', {
          field: `matrix[${r}, ${c}]`,
          got: `${a.data[r * stride + c]} and ${a.data[c * stride + r]}`,
          expected: 'a symmetric matrix',
        });
      data[r * size + c] = value;
      data[c * size + r] = value;
    }
  return { data, size, scale };
}
