/**
 * Inner product of `length` elements of x from p and of y from q. Four partial sums: one sum would wait for
 * each addition's latency and take about three times as long.
 */
export function dot(x: Float64Array, p: number, y: Float64Array, q: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4, p += 4, q += 4) {
    s0 += x[p]! * y[q]!;
    s1 += x[p + 1]! * y[q + 1]!;
    s2 += x[p + 2]! * y[q + 2]!;
    s3 += x[p + 3]! * y[q + 3]!;
  }
  for (; i < length; i++, p++, q++) s0 += x[p]! * y[q]!;
  return s0 + s1 + (s2 + s3);
}

/** y += t x over `length` elements, x from p and y from q. */
export function addScaled(
  t: number,
  x: Float64Array,
  p: number,
  y: Float64Array,
  q: number,
  length: number,
): void {
  let i = 0;
  for (; i + 4 <= length; i += 4, p += 4, q += 4) {
    y[q] = y[q]! + t * x[p]!;
    y[q + 1] = y[q + 1]! + t * x[p + 1]!;
    y[q + 2] = y[q + 2]! + t * x[p + 2]!;
    y[q + 3] = y[q + 3]! + t * x[p + 3]!;
  }
  for (; i < length; i++, p++, q++) y[q] = y[q]! + t * x[p]!;
}

/**
 * The plane rotation x <- c x + s y, y <- c y - s x of the `length` elements from p (x) and from q (y) of
 * `data`.
 */
export function rotate(data: Float64Array, p: number, q: number, length: number, c: number, s: number): void {
  for (let end = p + length; p < end; p++, q++) {
    const x = data[p]!;
    const y = data[q]!;
    data[p] = c * x + s * y;
    data[q] = c * y - s * x;
  }
}
