import type { Plane } from '../core/plane.js';
import { synthesise } from './wavelet.js';

/**
 * Coefficients of a column of U -> the column at length 1, in place. False for a column of zeros, which has no direction: nothing of V
 * follows it.
 */
export function unitColumn(u: Float64Array): boolean {
  synthesise(u);
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * u[i]!;
  const length = Math.sqrt(sum);
  if (length > 0) for (let i = 0; i < u.length; i++) u[i] = u[i]! / length;
  return length > 0;
}

/** Coefficients of a column of V, in steps -> the column in units of 1 / 255 of the peak, in place. */
export function scaledColumn(v: Float64Array, step: number): void {
  synthesise(v);
  for (let i = 0; i < v.length; i++) v[i] = v[i]! * step;
}

/** X += u v^T. Each sum is rounded to single precision. */
export function addColumn({ width, data }: Plane, u: Float64Array, v: Float64Array): void {
  for (let y = 0, p = 0; y < u.length; y++) {
    const factor = u[y]!;
    for (let x = 0; x < width; x++, p++) data[p] = data[p]! + factor * v[x]!;
  }
}
