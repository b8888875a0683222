import { escapeText } from './escape.js';
import { placeOf, powersOf, type Scale, ticksOf } from './scale.js';

/** One curve. Points stand in the order of x. */
export interface Curve {
  name: string;
  /** A CSS colour. */
  colour: string;
  /** Dashes of its line; none where it is solid. */
  dashes?: string;
  /** Its points alone, without a line between them. */
  isScatter?: boolean;
  points: readonly { x: number; y: number }[];
}

/** What stands along one side. */
export interface Axis {
  label: string;
  /** Logarithmic with ticks at powers of this number. Default: linear. */
  base?: number;
  /** Default: that of the points. */
  domain?: [number, number];
  text?: (value: number) => string;
}

export interface ChartOptions {
  x: Axis;
  y: Axis;
  /** What the chart shows, for those who cannot see it. */
  name: string;
  /** CSS pixels. */
  width: number;
  height: number;
  /** Colours of text, of grid lines, and of the background. */
  ink: string;
  line: string;
  background: string;
  /** A value of x to mark with a line. */
  mark?: number;
}

/** A chart as the text of an svg element, with its scales. */
export interface Chart {
  svg: string;
  x: Scale;
  y: Scale;
}

/** Pixels for text around the area of the curves. */
const MARGIN = { top: 20, right: 14, bottom: 34, left: 44 } as const;
const SIZE = 11.5;
/** Pixels that a tick on x and one on y needs. */
const [WIDE, HIGH] = [64, 44];
/** Curves with more points are drawn as lines only. */
const MOST_DOTS = 40;

/** A number with three digits, thousands as k. */
export const short = (value: number): string =>
  Math.abs(value) >= 1000
    ? `${Number((value / 1000).toPrecision(3))}k`
    : String(Number(value.toPrecision(3)));

/** Draws curves on two axes; undefined if no curve has a point. */
export function drawChart(curves: readonly Curve[], options: ChartOptions): Chart | undefined {
  const { width, height, name, ink, line, background, mark } = options;
  const points = curves.flatMap(curve => curve.points);
  if (points.length === 0) return undefined;
  const x = scaleOf(
    options.x,
    points.map(point => point.x),
    [MARGIN.left, width - MARGIN.right],
    WIDE,
  );
  const y = scaleOf(
    options.y,
    points.map(point => point.y),
    [height - MARGIN.bottom, MARGIN.top],
    HIGH,
  );
  const [left, right] = x.scale.range;
  const [bottom, top] = y.scale.range;
  const at = (value: number): string => String(Math.round(10 * value) / 10);
  const parts = [
    ...y.ticks.map(tick => {
      const place = at(placeOf(tick, y.scale));
      return `<line x1="${left}" x2="${right}" y1="${place}" y2="${place}" stroke="${line}"/><text x="${left - 8}" y="${place}" dy="0.32em" text-anchor="end">${y.text(tick)}</text>`;
    }),
    ...x.ticks.map(tick => {
      const place = at(placeOf(tick, x.scale));
      return `<line x1="${place}" x2="${place}" y1="${bottom}" y2="${bottom + 4}" stroke="${ink}"/><text x="${place}" y="${bottom + 17}" text-anchor="middle">${x.text(tick)}</text>`;
    }),
    `<line x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="${ink}" stroke-opacity="0.5"/>`,
    `<text x="${left - 36}" y="11">${escapeText(options.y.label)}</text>`,
    `<text x="${right}" y="${height - 3}" text-anchor="end">${escapeText(options.x.label)}</text>`,
    ...(mark === undefined
      ? []
      : [
          `<line class="now" x1="${at(placeOf(mark, x.scale))}" x2="${at(placeOf(mark, x.scale))}" y1="${top - 6}" y2="${bottom}" stroke="${ink}" stroke-dasharray="3 3"/>`,
        ]),
    ...curves.map(({ points: of, colour, dashes, isScatter }) => {
      const places = of.map(point => [at(placeOf(point.x, x.scale)), at(placeOf(point.y, y.scale))] as const);
      const dash = dashes ? ` stroke-dasharray="${dashes}"` : '';
      const path = isScatter
        ? ''
        : `<polyline points="${places.map(pair => pair.join()).join(' ')}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"${dash}/>`;
      const dots =
        isScatter || of.length <= MOST_DOTS
          ? places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="${isScatter ? 2.4 : 2.8}"/>`).join('')
          : '';
      return `<g fill="${colour}" stroke="${background}" stroke-width="0.7">${path}${dots}</g>`;
    }),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(name)}" font-size="${SIZE}" fill="${ink}">${parts.join('')}</svg>`;
  return { svg, x: x.scale, y: y.scale };
}

function scaleOf(axis: Axis, values: readonly number[], range: [number, number], room: number) {
  const { base, text = short } = axis;
  const count = Math.max(2, Math.floor(Math.abs(range[1] - range[0]) / room));
  const domain = axis.domain ?? wholeOf([Math.min(...values), Math.max(...values)], base, count);
  const ticks = base ? powersOf(domain, base, count + 2) : ticksOf(domain, count);
  const scale: Scale = { domain, range, ...(base !== undefined && { isLog: true }) };
  return { scale, ticks, text: (value: number) => escapeText(text(value)) };
}

/** A domain with more than one value; linear ones are extended to the next ticks. */
function wholeOf([low, high]: [number, number], base: number | undefined, count: number): [number, number] {
  if (base) return low < high ? [low, high] : [low / base, high * base];
  if (low === high) return [low - 1, high + 1];
  const [first, second] = ticksOf([low, high], count) as [number, number | undefined];
  const step = second === undefined ? high - low : second - first;
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}
