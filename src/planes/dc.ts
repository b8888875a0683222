import { clamp } from '../core/clamp.js';
import { type Factor, MARGIN } from './factor.js';

/** Prediction of plane 0 of plane 0's level at position i, in steps, and how much the picture varies around it. Values outside are 0. */
export function predictDc({ values, stride }: Factor, i: number): { prediction: number; around: number } {
  const at = (j: number): number => values[j]! >> 1;
  const west = at(i - 1);
  const north = at(i - stride);
  const corner = at(i - stride - 1);
  const { abs } = Math;
  return {
    prediction: (3 * west + 3 * north - 2 * corner + 2) >> 2,
    around: abs(west - corner) + abs(north - corner) + abs(north - at(i - stride + 1)),
  };
}

/** Repeats the edges of plane 0 of every part into the part's margin. */
export function extendPlane0({ side, stride, places, values }: Factor): void {
  const pitch = 2 ** side + 2 * MARGIN;
  const inside = (at: number, size: number): number => {
    const first = at - (at % pitch) + MARGIN;
    return clamp(first, at, Math.min(first + 2 ** side, size - MARGIN) - 1);
  };
  for (let i = 0; i < places; i++)
    values[i] =
      values[inside(Math.floor(i / stride), places / stride) * stride + inside(i % stride, stride)]!;
}
