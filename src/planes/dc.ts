import { type Factor, MARGIN } from './factor.js';

/** Neighbours of plane 0 at position i, in steps: left, above, above left, above right; those outside take the nearest one known. */
function neighbours({ values, stride, cols }: Factor, i: number): [number, number, number, number] {
  const at = (j: number): number => values[j]! >> 1;
  const x = (i % stride) - MARGIN;
  const y = Math.floor(i / stride) - MARGIN;
  if (y === 0) {
    const w = x ? at(i - 1) : 0;
    return [w, w, w, w];
  }
  const n = at(i - stride);
  return [x ? at(i - 1) : n, n, x ? at(i - stride - 1) : n, x < cols - 1 ? at(i - stride + 1) : n];
}

/** Prediction of plane 0 of plane 0's level at position i, in steps. */
export function predictDc(level: Factor, i: number): number {
  const [w, n, nw] = neighbours(level, i);
  return (3 * w + 3 * n - 2 * nw + 2) >> 2;
}

/** How much the residuals and the picture vary around position i. */
export function aroundOf(level: Factor, residuals: Int32Array, i: number): number {
  const [w, n, nw, ne] = neighbours(level, i);
  const s = level.stride;
  const residual =
    residuals[i - 1]! + residuals[i - s]! + ((residuals[i - s - 1]! + residuals[i - s + 1]!) >> 1);
  return residual + ((Math.abs(w - nw) + Math.abs(n - nw) + Math.abs(n - ne)) >> 1);
}

/** Repeats the edges of element 0 of every position into the margin. */
export function extendPlane0({ cols, rows, stride, values }: Factor): void {
  for (let y = -MARGIN; y < rows + MARGIN; y++)
    for (let x = -MARGIN; x < cols + MARGIN; x++) {
      const cy = Math.max(0, Math.min(rows - 1, y));
      const cx = Math.max(0, Math.min(cols - 1, x));
      values[(y + MARGIN) * stride + x + MARGIN] = values[(cy + MARGIN) * stride + cx + MARGIN]!;
    }
}
