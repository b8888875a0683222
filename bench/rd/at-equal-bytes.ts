import { curvesOf } from './curves.js';
import type { Metric } from './metrics.js';
import type { Row } from './rows.js';
import { valueAt } from './value-at.js';

/** Mean values of a figure at one size. */
export interface AtSize {
  bpp: number;
  /** Pictures on which every codec reaches that size; the means are over these. */
  pictures: number;
  /** By codec, in the order asked for, as figures, not in the metric's scale; NaN without pictures. */
  means: number[];
}

/**
 * The figures of codecs at equal bytes, over the same pictures for all, interpolated with monotone cubics through their points against
 * log10 of the size.
 */
export function atEqualBytes(
  rows: readonly Row[],
  codecs: readonly string[],
  metric: Metric,
  sizes: readonly number[],
): AtSize[] {
  const curves = codecs.map(codec => curvesOf(rows, codec, metric));
  const images = [...(curves[0]?.keys() ?? [])].filter(image => curves.every(of => of.has(image)));
  return sizes.map(bpp => {
    const values = images
      .map(image => curves.map(of => valueAt(of.get(image)!, bpp)))
      .filter((all): all is number[] => all.every(value => value !== undefined));
    return {
      bpp,
      pictures: values.length,
      means: codecs.map((_, c) =>
        metric.figureOf(values.reduce((sum, all) => sum + all[c]!, 0) / values.length),
      ),
    };
  });
}
