import type { PlaneContext } from './contexts.js';
import { signContext } from './states.js';

/** Context of the sign of a coefficient whose mean is worth `level` (1 to 10). */
export const signOf = ({ own, role, u, v }: PlaneContext, level: number): number =>
  signContext(own.block === 4 ? 1 : 0, role, u + v, level);

/**
 * What the contexts remember of a plane once it is done: activity, 218/256 of what it was plus the plane's magnitude; and the sums of the regressions
 * on the other channels.
 */
export function settlePlane({ own, luma, chroma, k }: PlaneContext): void {
  const { activity, magnitudes, size } = own;
  for (let i = 0, m = k; i < activity.length; i++, m += size) activity[i] = ((activity[i]! * 218) >> 8) + magnitudes[m]!;
  if (luma) accumulate(own.lumaSquares!, own.lumaProducts!, luma.values, own.values, size, k);
  if (chroma) accumulate(own.chromaSquares!, own.chromaProducts!, chroma.values, own.values, size, k);
}

function accumulate(squares: Float64Array, products: Float64Array, x: Int16Array, y: Int16Array, size: number, k: number): void {
  for (let i = 0, p = k; i < squares.length; i++, p += size) {
    const value = x[p]!;
    if (value === 0) continue;
    squares[i]! += value * value;
    products[i]! += value * y[p]!;
  }
}
