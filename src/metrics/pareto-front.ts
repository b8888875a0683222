/** One measurement of a codec. */
export interface RatePoint {
  /** Bits a pixel; any other unit of size will do if both curves use it. */
  bpp: number;
  /** Quality, larger is better: dB. SSIM is taken as -10 log10(1 - ssim). */
  metric: number;
}

/** Quality must rise by more than this to count. */
const LEAST = 1e-9;

/**
 * The points that no point of equal or smaller size matches in quality, by rising size. Points without a
 * finite positive size or a finite quality are left out.
 */
export function paretoFront(points: readonly RatePoint[]): RatePoint[] {
  const usable = points.filter(
    ({ bpp, metric }) => bpp > 0 && Number.isFinite(bpp) && Number.isFinite(metric),
  );
  usable.sort((p, q) => p.bpp - q.bpp || q.metric - p.metric);
  const front: RatePoint[] = [];
  for (const point of usable) {
    const before = front.at(-1);
    if (!before || (point.metric > before.metric + LEAST && point.bpp > before.bpp)) front.push(point);
  }
  return front;
}
