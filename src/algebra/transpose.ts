import { type Matrix, matrix } from '../core/matrix.js';

/** The transpose of `a` (rows x cols) as a new matrix, cols x rows, stride = rows. */
export function transpose(a: Matrix): Matrix {
  const { rows, cols, stride, data } = a;
  const out = matrix(cols, rows);
  const to = out.data;
  // Four rows at a time: the strided side then writes four neighbours for each cache line it touches.
  let r = 0;
  for (; r + 4 <= rows; r += 4)
    for (let c = 0, p = r * stride, q = r; c < cols; c++, p++, q += rows) {
      to[q] = data[p]!;
      to[q + 1] = data[p + stride]!;
      to[q + 2] = data[p + 2 * stride]!;
      to[q + 3] = data[p + 3 * stride]!;
    }
  for (; r < rows; r++)
    for (let c = 0, p = r * stride, q = r; c < cols; c++, p++, q += rows) to[q] = data[p]!;
  return out;
}
