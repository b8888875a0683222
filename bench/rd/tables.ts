import type { AtSize } from './at-equal-bytes.js';
import type { Comparison, Range } from './compare.js';
import type { Metric } from './metrics.js';

const percent = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(2)}`;

const tableOf = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map((_, i) => (i < 2 ? '---' : '---:')), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

/** A markdown table of comparisons by one metric in one range; `perPicture` lists the rates of each picture below. */
export function comparisonTable(
  metric: Metric,
  [low, high]: Range,
  comparisons: readonly Comparison[],
  perPicture: boolean,
): string {
  const range =
    metric.within === 'bits' ? `${low} to ${high} bits a pixel of the anchor` : `scores ${low} to ${high}`;
  const table = tableOf(
    ['BD-rate, % of', 'against', 'mean', 'median', 'worst', 'best', 'pictures', 'cut short'],
    comparisons.map(({ test, anchor, mean, median, rates, of, short }) => {
      const [best, worst] = [rates[0]!, rates.at(-1)!];
      const ends = [worst, best].map(({ rate, image }) => `${percent(rate)} (${image})`);
      return [test, anchor, percent(mean), percent(median), ...ends, `${rates.length}/${of}`, String(short)];
    }),
  );
  const lists = comparisons.map(
    ({ test, anchor, rates }) =>
      `${test} against ${anchor}: ${rates.map(({ image, rate }) => `${image} ${percent(rate)}`).join(', ')}`,
  );
  return [`${metric.title}, ${range}`, '', table, ...(perPicture ? ['', ...lists] : [])].join('\n');
}

/** A markdown table of the figures of codecs at equal bytes. */
export function equalBytesTable(metric: Metric, codecs: readonly string[], sizes: readonly AtSize[]): string {
  const text = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(metric.digits));
  return [
    `${metric.title}, mean at equal bytes`,
    '',
    tableOf(
      ['bits a pixel', 'pictures', ...codecs],
      sizes.map(({ bpp, pictures, means }) => [String(bpp), String(pictures), ...means.map(text)]),
    ),
  ].join('\n');
}
