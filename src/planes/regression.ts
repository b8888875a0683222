import { clamp } from '../core/clamp.js';
import type { Factor, Regression } from './factor.js';

/** Values and differences of plane 0 are clamped to this many half steps, so that all sums are 32-bit integers. */
const MOST = 2047;

const clipped = (value: number): number => clamp(-MOST, value, MOST);

/**
 * Begins the regression of a channel on another, with values `x`: the sums are a quarter of those over the differences of plane 0 to the
 * right and down.
 */
export function startRegression({ values: y, stride, places, positions }: Factor, x: Int32Array): Regression {
  const sums = { x, squares: new Int32Array(places), products: new Int32Array(places) };
  const { squares, products } = sums;
  for (const i of positions) {
    for (let next = i + 1; next <= i + stride; next += stride - 1)
      add(sums, i, x[next]! - x[i]!, y[next]! - y[i]!);
    squares[i]! >>= 2;
    products[i]! >>= 2;
  }
  return sums;
}

/** Adds a pair of values to the sums at position i. */
function add({ squares, products }: Regression, i: number, x: number, y: number): void {
  const value = clipped(x);
  squares[i]! += value * value;
  products[i]! += value * clipped(y);
}

/** Adds the coefficient at position i, which is values[at], to the sums of the regressions on the other channels. */
export function accumulate({ regressions, values }: Factor, i: number, at: number): void {
  for (let n = 0; n < regressions.length; n++) {
    const on = regressions[n]!;
    if (on.x[at]) add(on, i, on.x[at]!, values[at]!);
  }
}

/** `x`, a value of the other channel, times the slope of the regression around position i: x Sxy / (Sxx + 8), rounded. */
export function projected({ squares, products }: Regression, stride: number, i: number, x: number): number {
  const xx = around(squares, stride, i) + 8;
  // Below 2^53, so that the double's quotient lies between the same integers as the exact one.
  return Math.floor((2 * around(products, stride, i) * clipped(x) + xx) / (2 * xx));
}

/** The sum at position i and its neighbours. */
const around = (sums: Int32Array, stride: number, i: number): number =>
  2 * sums[i]! + sums[i - 1]! + sums[i + 1]! + sums[i - stride]! + sums[i + stride]!;
