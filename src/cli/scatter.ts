/** The points of one curve of a plot in text. */
export interface Series {
  /** The character that represents it. */
  mark: string;
  name: string;
  points: readonly { x: number; y: number }[];
}

/**
 * A plot in text, y against the logarithm of x: one line of text for each row, with axes and legend. Where points coincide, the earlier
 * series is shown. Empty if fewer than two points are finite and positive.
 */
export function scatter(series: readonly Series[], width: number, height: number, unit: string): string[] {
  const usable = series.map(({ points, ...rest }) => ({
    ...rest,
    points: points.filter(({ x, y }) => x > 0 && Number.isFinite(x) && Number.isFinite(y)),
  }));
  const points = usable.flatMap(({ points }) => points);
  if (points.length < 2) return [];
  const xs = extent(points.map(({ x }) => Math.log2(x)));
  const ys = extent(points.map(({ y }) => y));
  const cells = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
  for (const { mark, points } of [...usable].reverse())
    for (const { x, y } of points) {
      const column = Math.round(((Math.log2(x) - xs.low) / (xs.high - xs.low)) * (width - 1));
      const row = Math.round(((ys.high - y) / (ys.high - ys.low)) * (height - 1));
      cells[row]![column] = mark;
    }
  const lines = cells.map((row, i) => {
    const value = ys.high - (i / (height - 1)) * (ys.high - ys.low);
    const label = i % 3 === 0 || i === height - 1 ? value.toFixed(0) : '';
    return `  ${label.padStart(5)} \u2502${row.join('')}`.trimEnd();
  });
  const [low, high] = [2 ** xs.low, 2 ** xs.high].map(value => `${Number(value.toPrecision(2))}`) as [
    string,
    string,
  ];
  const scale = `${low}${unit.padStart((width + unit.length) >> 1).padEnd(width - low.length - high.length)}${high}`;
  const legend = usable.filter(({ points }) => points.length).map(({ mark, name }) => `${mark} ${name}`);
  return [
    ...lines,
    `  ${' '.repeat(5)} \u2514${'\u2500'.repeat(width)}`,
    `  ${' '.repeat(7)}${scale}`,
    `  ${' '.repeat(7)}${legend.join('   ')}`,
  ];
}

function extent(values: readonly number[]): { low: number; high: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return high > low ? { low, high } : { low: low - 1, high: high + 1 };
}
