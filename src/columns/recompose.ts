import type { Plane } from '../core/plane.js';
import { synthesise } from './wavelet.js';

/**
 * Coefficients of a column of U -> the column, in place, scaled to length `step`: coefficients of V are in steps. False for a column of
 * zeros, which has no direction and no column of V.
 */
export function directedColumn(u: Float64Array, step: number): boolean {
  synthesise(u);
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * u[i]!;
  const length = Math.sqrt(sum);
  if (length > 0) for (let i = 0; i < u.length; i++) u[i] = (u[i]! / length) * step;
  return length > 0;
}

/** X += u v^T, each sum rounded to single precision. */
export function addColumn({ width, data }: Plane, u: Float64Array, v: Float64Array): void {
  for (let y = 0, p = 0; y < u.length; y++) {
    const factor = u[y]!;
    for (let x = 0; x < width; x++, p++) data[p] = data[p]! + factor * v[x]!;
  }
}
