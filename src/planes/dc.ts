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

/** Repeats the edges of element 0 of every position into the margin. */
export function extendPlane0({ cols, rows, stride, values }: Factor): void {
  for (let y = -MARGIN; y < rows + MARGIN; y++)
    for (let x = -MARGIN; x < cols + MARGIN; x++) {
      const cy = clamp(0, y, rows - 1);
      const cx = clamp(0, x, cols - 1);
      values[(y + MARGIN) * stride + x + MARGIN] = values[(cy + MARGIN) * stride + cx + MARGIN]!;
    }
}
