/** Solves the symmetric positive definite system A x = b of size b.length by elimination; undefined where it is singular. */
export function solve(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array | undefined {
  const n = b.length;
  const m = Float64Array.from(a);
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    const pivot = m[i * n + i]!;
    if (!(pivot > 1e-12)) return undefined;
    for (let j = i + 1; j < n; j++) {
      const factor = m[j * n + i]! / pivot;
      for (let k = i; k < n; k++) m[j * n + k]! -= factor * m[i * n + k]!;
      x[j]! -= factor * x[i]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i]! -= m[i * n + j]! * x[j]!;
    x[i]! /= m[i * n + i]!;
  }
  return x;
}

/** A x for a square A of size x.length. */
export const times = (a: ArrayLike<number>, x: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: x.length }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < x.length; j++) sum += a[i * x.length + j]! * x[j]!;
    return sum;
  });

/** x . y */
export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}
