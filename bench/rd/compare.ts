import { bdRate } from '../../src/metrics/bd-rate.js';
import { paretoFront, type RatePoint } from '../../src/metrics/pareto-front.js';
import { curvesOf } from './curves.js';
import type { Metric } from './metrics.js';
import type { Row } from './rows.js';
import { valueAt } from './value-at.js';

/** Ends of the curves: bits a pixel of the anchor, or scores, depending on the metric. */
export type Range = readonly [low: number, high: number];

/** BD-rate of one codec against another over pictures, in percent; negative: the tested one needs fewer bits. */
export interface Comparison {
  test: string;
  anchor: string;
  mean: number;
  median: number;
  /** By picture, best first. */
  rates: { image: string; rate: number }[];
  /** Pictures that both codecs have; `rates` has those whose curves overlap. */
  of: number;
  /** Pictures on which the tested curve does not cover all of the anchor's in the range, so that part of it is not compared. */
  short: number;
}

/** The comparison of two codecs over the pictures that both have; undefined if no two curves overlap. */
export function compare(
  rows: readonly Row[],
  test: string,
  anchor: string,
  metric: Metric,
  range: Range,
): Comparison | undefined {
  const [tests, anchors] = [curvesOf(rows, test, metric), curvesOf(rows, anchor, metric)];
  const rateOf = (tested: RatePoint[], base: RatePoint[]): number | undefined =>
    metric.within === 'bits' ? bdRate(tested, base, range) : bdRate(tested, base, [], range);
  const common = [...tests.keys()].filter(image => anchors.has(image));
  const rates = common
    .map(image => ({ image, rate: rateOf(tests.get(image)!, anchors.get(image)!) }))
    .filter((entry): entry is { image: string; rate: number } => entry.rate !== undefined)
    .sort((a, b) => a.rate - b.rate);
  if (rates.length === 0) return undefined;
  const middle = (rates.length - 1) / 2;
  return {
    test,
    anchor,
    mean: rates.reduce((sum, { rate }) => sum + rate, 0) / rates.length,
    median: (rates[Math.floor(middle)]!.rate + rates[Math.ceil(middle)]!.rate) / 2,
    rates,
    of: common.length,
    short: common.filter(image => endsShort(tests.get(image)!, anchors.get(image)!, metric, range)).length,
  };
}

/** Does the tested curve miss part of the anchor's in the range? */
function endsShort(test: RatePoint[], anchor: RatePoint[], { within }: Metric, [low, high]: Range): boolean {
  const base = paretoFront(anchor);
  const [first, last] = [base[0]!, base.at(-1)!];
  const from = within === 'bits' ? (valueAt(base, low) ?? first.metric) : Math.max(low, first.metric);
  const to = within === 'bits' ? (valueAt(base, high) ?? last.metric) : Math.min(high, last.metric);
  const reached = test.map(({ metric }) => metric);
  return Math.max(...reached) < to || Math.min(...reached) > from;
}
