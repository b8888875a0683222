/**
 * Givens rotations whose cosine and sine are quotients of integers, so that every engine has the same: an angle is stored as the integer n of
 * tan(angle / 2) = n / 2^precision.
 */

/** Cosine and sine of a rotation. */
export function cosSin(n: number, precision: number): [number, number] {
  const unit = 1 << precision;
  const norm = unit * unit + n * n;
  return [(unit * unit - n * n) / norm, (2 * n * unit) / norm];
}

/** Turns x[i] and x[j]. */
export function turn(x: Float64Array, i: number, j: number, [c, s]: [number, number]): void {
  const a = x[i]!;
  const b = x[j]!;
  x[i] = c * a - s * b;
  x[j] = s * a + c * b;
}
