import { bdRate } from '../../src/metrics/bd-rate.js';
import type { Row } from './rows.js';

/** What is compared at equal size; MS-SSIM is taken in dB, -10 log10(1 - x). */
export type Metric = 'psnr_rgb' | 'msssim_y';

/** BD-rate of one codec against another over pictures, in percent; negative: the tested one needs fewer bits. */
export interface Comparison {
  anchor: string;
  mean: number;
  median: number;
  worst: number;
  worstImage: string;
  best: number;
  bestImage: string;
  /** Pictures compared, of those that both codecs have. */
  count: number;
  of: number;
  /** Pictures on which the tested curve ends inside the anchor's range, so that a part of it is not compared. */
  short: number;
}

interface Point {
  bpp: number;
  metric: number;
}

const decibels = (similarity: number): number => -10 * Math.log10(Math.max(1e-9, 1 - similarity));

function curves(rows: Row[], codec: string, metric: Metric): Map<string, Point[]> {
  const byImage = new Map<string, Point[]>();
  for (const row of rows) {
    const value = row[metric];
    if (row.codec !== codec || value === undefined || value === null) continue;
    const point = { bpp: row.bpp, metric: metric === 'msssim_y' ? decibels(value) : value };
    byImage.set(row.image, [...(byImage.get(row.image) ?? []), point]);
  }
  return byImage;
}

/** Does the tested curve end before the anchor's points inside the range do? */
function endsShort(test: Point[], anchor: Point[], [lo, hi]: readonly [number, number]): boolean {
  const inside = anchor.filter(({ bpp }) => bpp >= lo && bpp <= hi).map(({ metric }) => metric);
  const reached = test.map(({ metric }) => metric);
  return Math.max(...inside) > Math.max(...reached) || Math.min(...inside) < Math.min(...reached);
}

/** The comparison of two codecs over the pictures that both have; undefined if no two curves overlap. */
export function compare(
  rows: Row[],
  test: string,
  anchor: string,
  range: readonly [number, number],
  metric: Metric,
): Comparison | undefined {
  const [tests, anchors] = [curves(rows, test, metric), curves(rows, anchor, metric)];
  const common = [...tests.keys()].filter(image => anchors.has(image));
  const rates = common
    .map(image => ({ image, rate: bdRate(tests.get(image)!, anchors.get(image)!, range) }))
    .filter((entry): entry is { image: string; rate: number } => entry.rate !== undefined)
    .sort((a, b) => a.rate - b.rate);
  if (rates.length === 0) return undefined;
  const [best, worst] = [rates[0]!, rates.at(-1)!];
  const middle = (rates.length - 1) / 2;
  return {
    anchor,
    mean: rates.reduce((sum, { rate }) => sum + rate, 0) / rates.length,
    median: (rates[Math.floor(middle)]!.rate + rates[Math.ceil(middle)]!.rate) / 2,
    worst: worst.rate,
    worstImage: worst.image,
    best: best.rate,
    bestImage: best.image,
    count: rates.length,
    of: common.length,
    short: common.filter(image => endsShort(tests.get(image)!, anchors.get(image)!, range)).length,
  };
}

const percent = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(2)}`;

/** A markdown table of comparisons of one codec in one range. */
export function comparisonTable(
  test: string,
  range: readonly [number, number],
  metric: Metric,
  comparisons: Comparison[],
): string {
  const name = metric === 'psnr_rgb' ? 'RGB PSNR' : 'MS-SSIM of luma';
  return [
    `BD-rate of ${test}, ${name}, anchor range ${range[0]} to ${range[1]} bits a pixel, in %`,
    '',
    '| against | mean | median | worst | best | pictures | cut short |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...comparisons.map(
      c =>
        `| ${c.anchor} | ${percent(c.mean)} | ${percent(c.median)} | ${percent(c.worst)} (${c.worstImage}) | ` +
        `${percent(c.best)} (${c.bestImage}) | ${c.count}/${c.of} | ${c.short} |`,
    ),
  ].join('\n');
}
