import { paretoFront, type RatePoint } from '../metrics/pareto-front.js';
import { evaluate, type Pchip, pchip } from '../metrics/pchip.js';

/** A codec's PSNR by its size between its measured points. */
export interface RateCurve {
  /** dB at so many bits a pixel; undefined outside of what was measured. */
  psnrAt(bpp: number): number | undefined;
  /** Bits a pixel that reach so many dB; undefined outside of what was measured. */
  bppAt(psnr: number): number | undefined;
}

/** A monotone cubic through the points of a codec that no other matches, PSNR against the logarithm of the size, as `bdRate` has it. */
export function rateCurve(points: readonly RatePoint[]): RateCurve {
  const front = paretoFront(points);
  if (front.length < 2) return { psnrAt: () => undefined, bppAt: () => undefined };
  const sizes = Float64Array.from(front, ({ bpp }) => Math.log2(bpp));
  const decibels = Float64Array.from(front, ({ metric }) => metric);
  const forward = pchip(sizes, decibels);
  const back = pchip(decibels, sizes);
  const within = (curve: Pchip, x: number): number | undefined =>
    x >= curve.x[0]! && x <= curve.x.at(-1)! ? evaluate(curve, x) : undefined;
  return {
    psnrAt: bpp => within(forward, Math.log2(bpp)),
    bppAt(psnr) {
      const size = within(back, psnr);
      return size === undefined ? undefined : 2 ** size;
    },
  };
}
