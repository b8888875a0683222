import type { RatePoint } from '../../src/metrics/pareto-front.js';
import type { Metric } from './metrics.js';
import type { Row } from './rows.js';

/** The points of a codec by picture. */
export function curvesOf(rows: readonly Row[], codec: string, metric: Metric): Map<string, RatePoint[]> {
  const byImage = new Map<string, RatePoint[]>();
  for (const row of rows) {
    const value = row[metric.figure];
    if (row.codec !== codec || value === undefined || value === null) continue;
    const points = byImage.get(row.image) ?? [];
    byImage.set(row.image, [...points, { bpp: row.bpp, metric: metric.scale(value) }]);
  }
  return byImage;
}
