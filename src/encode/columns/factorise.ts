import { addScaled, dot } from '../../algebra/vector.js';
import { analyseColumn } from '../../columns/analyse.js';
import type { Side } from '../../columns/contexts.js';
import { directedColumn } from '../../columns/recompose.js';
import { synthesise } from '../../columns/wavelet.js';
import { type ColumnPrices, quantiseColumn } from './quantise-column.js';

/** One term u v^T of a channel: the integers in the file, and the values that they stand for. */
export interface Term {
  left: Float64Array;
  /** Undefined where `left` is zero. */
  right: Float64Array | undefined;
  u: Float64Array;
  v: Float64Array;
  /** Squared error that the term removes, in squared steps, and bits that it takes. */
  gain: number;
  bits: number;
}

/**
 * The next term of the residual R (height x width) near the singular vector v.
 *
 * Steps. Let a = sigma u and v, |u| = |v| = 1, be stored with independent errors e and f: (a + e)(v + f)^T - a v^T = e v^T + a f^T + e f^T, of squared
 * size |e|^2 + sigma^2 |f|^2 to first order. So an error of e in an entry of sigma u counts as much as one of e / sigma in an entry of
 * v: with steps D and D / sigma all entries of both contribute the D^2 / 12 of a coefficient of an orthonormal transform at step D, and the lambda of the
 * block layout holds here. The file stores round(sigma u / D) and round(sigma v / D), alike on both sides, up to the wavelet transform. The
 * decoder needs no sigma: it brings the left column to length D, and the right one, in steps, has length sigma / D.
 *
 * V is refitted: v is R^T u / D^2 for the column u of length D that the decoder will have, the least-squares answer, after all earlier terms with
 * their quantisation. `sharpen` power iterations turn v to the residual first.
 */
export function nextTerm(
  residual: Float64Array,
  start: Float64Array,
  step: number,
  sides: { left: Side; right: Side },
  prices: ColumnPrices,
  sharpen: number,
): Term {
  let u = times(residual, start, sides.left.length);
  for (let i = 0; i < sharpen; i++) {
    const v = transposedTimes(residual, u, start.length);
    u = times(residual, scaled(v, 1 / (Math.sqrt(dot(v, 0, v, 0, v.length)) || 1)), u.length);
  }
  u = scaled(u, 1 / step);
  analyseColumn(u);
  const left = quantiseColumn(prices, sides.left, u);
  u = left.column.slice();
  if (!directedColumn(u, step))
    return { left: left.column, right: undefined, u, v: u, gain: 0, bits: left.bits };
  const target = scaled(transposedTimes(residual, u, start.length), 1 / (step * step));
  const coefficients = target.slice();
  analyseColumn(coefficients);
  const right = quantiseColumn(prices, sides.right, coefficients);
  const v = right.column.slice();
  synthesise(v);
  let gain = 0;
  for (let x = 0; x < v.length; x++) gain += target[x]! ** 2 - (target[x]! - v[x]!) ** 2;
  return { left: left.column, right: right.column, u, v, gain, bits: left.bits + right.bits };
}

/** R -= u v^T. */
export function subtract(residual: Float64Array, { u, v }: Term): void {
  for (let y = 0; y < u.length; y++) if (u[y]) addScaled(-u[y]!, v, 0, residual, y * v.length, v.length);
}

const scaled = (x: Float64Array, by: number): Float64Array => x.map(value => value * by);

const times = (r: Float64Array, v: Float64Array, height: number): Float64Array =>
  Float64Array.from({ length: height }, (_, y) => dot(r, y * v.length, v, 0, v.length));

function transposedTimes(r: Float64Array, u: Float64Array, width: number): Float64Array {
  const out = new Float64Array(width);
  for (let y = 0; y < u.length; y++) if (u[y]) addScaled(u[y]!, r, y * width, out, 0, width);
  return out;
}
