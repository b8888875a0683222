import { CodecError } from '../core/errors.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { dot } from './vector.js';

/**
 * Terms of the inner products taken in one pass: a panel of it stays in the cache. Odd in cache lines (31),
 * so that the rows of a packed panel do not all fall on the same sets.
 */
const DEPTH = 248;

/** A B: (m x k) (k x n) -> m x n. Throws OPTION where the inner sizes differ. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  checkInner(a.cols, b.rows);
  const out = matrix(a.rows, b.cols);
  const panel = new Float64Array(b.cols * DEPTH);
  for (let from = 0; from < b.rows; from += DEPTH) {
    const depth = Math.min(DEPTH, b.rows - from);
    pack(b, from, depth, panel);
    addProducts(a.data, from, a.stride, panel, 0, DEPTH, depth, out);
  }
  return out;
}

/** A^T B: (k x m)^T (k x n) -> m x n. Throws OPTION where the row counts differ. */
export function transposedTimes(a: Matrix, b: Matrix): Matrix {
  checkInner(a.rows, b.rows);
  const out = matrix(a.cols, b.cols);
  const left = new Float64Array(a.cols * DEPTH);
  const right = a === b ? left : new Float64Array(b.cols * DEPTH);
  for (let from = 0; from < a.rows; from += DEPTH) {
    const depth = Math.min(DEPTH, a.rows - from);
    pack(a, from, depth, left);
    if (a !== b) pack(b, from, depth, right);
    addProducts(left, 0, DEPTH, right, 0, DEPTH, depth, out);
  }
  return out;
}

/** A B^T: (m x k) (n x k)^T -> m x n. Throws OPTION where the column counts differ. */
export function timesTransposed(a: Matrix, b: Matrix): Matrix {
  checkInner(a.cols, b.cols);
  const out = matrix(a.rows, b.rows);
  for (let from = 0; from < a.cols; from += DEPTH)
    addProducts(a.data, from, a.stride, b.data, from, b.stride, Math.min(DEPTH, a.cols - from), out);
  return out;
}

function checkInner(left: number, right: number): void {
  if (left !== right)
    throw new CodecError('OPTION', {
      field: 'inner size',
      got: `${left} and ${right}`,
      expected: 'equal sizes',
    });
}

/** Rows from .. from + depth of `b`, transposed: panel[c * DEPTH + r] = b[from + r, c]. */
function pack(b: Matrix, from: number, depth: number, panel: Float64Array): void {
  const { cols, stride, data } = b;
  let r = 0;
  for (; r + 4 <= depth; r += 4)
    for (let c = 0, p = (from + r) * stride, q = r; c < cols; c++, p++, q += DEPTH) {
      panel[q] = data[p]!;
      panel[q + 1] = data[p + stride]!;
      panel[q + 2] = data[p + 2 * stride]!;
      panel[q + 3] = data[p + 3 * stride]!;
    }
  for (; r < depth; r++)
    for (let c = 0, p = (from + r) * stride, q = r; c < cols; c++, p++, q += DEPTH) panel[q] = data[p]!;
}

/**
 * The one kernel: out[i, j] += sum over `depth` of a[p + i sa + t] b[q + j sb + t]. Both runs are
 * contiguous and 2 x 4 sums at a time stay in registers (addTile), so that an element fetched is used
 * several times.
 */
function addProducts(
  a: Float64Array,
  p: number,
  sa: number,
  b: Float64Array,
  q: number,
  sb: number,
  depth: number,
  out: Matrix,
): void {
  const { rows, cols, data } = out;
  const fullRows = rows & ~1;
  const fullCols = cols & ~3;
  for (let j = 0; j < fullCols; j += 4)
    for (let i = 0; i < fullRows; i += 2)
      addTile(a, p + i * sa, sa, b, q + j * sb, sb, depth, data, i * cols + j, cols);
  for (let i = 0; i < rows; i++)
    for (let j = i < fullRows ? fullCols : 0; j < cols; j++) {
      const at = i * cols + j;
      data[at] = data[at]! + dot(a, p + i * sa, b, q + j * sb, depth);
    }
}

/**
 * Two rows of a by four of b. Tiles of 3 x 3, 3 x 4 and 4 x 4 spill registers and were no faster, 2 x 2
 * slower by half.
 */
function addTile(
  a: Float64Array,
  a0: number,
  sa: number,
  b: Float64Array,
  b0: number,
  sb: number,
  depth: number,
  out: Float64Array,
  at: number,
  so: number,
): void {
  const a1 = a0 + sa;
  const b1 = b0 + sb;
  const b2 = b1 + sb;
  const b3 = b2 + sb;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  for (let t = 0; t < depth; t++) {
    const x = a[a0 + t]!;
    const y = a[a1 + t]!;
    const u0 = b[b0 + t]!;
    const u1 = b[b1 + t]!;
    const u2 = b[b2 + t]!;
    const u3 = b[b3 + t]!;
    s00 += x * u0;
    s01 += x * u1;
    s02 += x * u2;
    s03 += x * u3;
    s10 += y * u0;
    s11 += y * u1;
    s12 += y * u2;
    s13 += y * u3;
  }
  out[at] = out[at]! + s00;
  out[at + 1] = out[at + 1]! + s01;
  out[at + 2] = out[at + 2]! + s02;
  out[at + 3] = out[at + 3]! + s03;
  const below = at + so;
  out[below] = out[below]! + s10;
  out[below + 1] = out[below + 1]! + s11;
  out[below + 2] = out[below + 2]! + s12;
  out[below + 3] = out[below + 3]! + s13;
}
