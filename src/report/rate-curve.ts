import { paretoFront, type RatePoint } from '../metrics/pareto-front.js';
import { evaluate, type Pchip, pchip } from '../metrics/pchip.js';

/** A codec's quality by size, interpolated between its measured points. */
export interface RateCurve {
  /** PSNR or score at this many bits a pixel; undefined outside the measured range. */
  qualityAt(bpp: number): number | undefined;
  /** Bits a pixel that reach this quality; undefined outside the measured range. */
  bppAt(quality: number): number | undefined;
}

/** A monotone cubic through the Pareto front of a codec's points, quality against the logarithm of the size, as in `bdRate`. */
export function rateCurve(points: readonly RatePoint[]): RateCurve {
  const front = paretoFront(points);
  if (front.length < 2) return { qualityAt: () => undefined, bppAt: () => undefined };
  const sizes = Float64Array.from(front, ({ bpp }) => Math.log2(bpp));
  const qualities = Float64Array.from(front, ({ metric }) => metric);
  const forward = pchip(sizes, qualities);
  const back = pchip(qualities, sizes);
  const within = (curve: Pchip, x: number): number | undefined =>
    x >= curve.x[0]! && x <= curve.x.at(-1)! ? evaluate(curve, x) : undefined;
  return {
    qualityAt: bpp => within(forward, Math.log2(bpp)),
    bppAt(quality) {
      const size = within(back, quality);
      return size === undefined ? undefined : 2 ** size;
    },
  };
}
