import { paretoFront, type RatePoint } from '../../src/metrics/pareto-front.js';
import { evaluate, pchip } from '../../src/metrics/pchip.js';

/**
 * The value of a curve at a size: a monotone cubic through its Pareto front against log10 of the size. Undefined outside of the measured
 * sizes.
 */
export function valueAt(points: readonly RatePoint[], bpp: number): number | undefined {
  const front = paretoFront(points);
  if (front.length < 2 || bpp < front[0]!.bpp || bpp > front.at(-1)!.bpp) return undefined;
  const curve = pchip(
    Float64Array.from(front, point => Math.log10(point.bpp)),
    Float64Array.from(front, point => point.metric),
  );
  return evaluate(curve, Math.log10(bpp));
}
