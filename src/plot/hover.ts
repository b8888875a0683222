import type { Chart, Curve } from './draw-chart.js';
import { placeOf, valueAt } from './scale.js';

/** What a chart shows under the pointer. */
export interface HoverOptions {
  /** The first line, for a value of x. */
  head: (x: number) => string;
  /** The text for a point of a curve. */
  text: (y: number, curve: Curve) => string;
  /** Called with the x of a clicked point. */
  onPick?: (x: number) => void;
}

/** Pixels between the text and the edge of the chart. */
const EDGE = 4;

/**
 * Lets a chart show its values under the pointer: a line at the nearest x of a point, and the value of each curve with a point near it.
 * `box` surrounds the svg and has `position: relative`. The drawing is only for the eye, since tables and texts hold the same values.
 */
export function sayValues(
  box: HTMLElement,
  chart: Chart,
  curves: readonly Curve[],
  options: HoverOptions,
): void {
  const svg = box.querySelector('svg')!;
  const xs = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const note = Object.assign(document.createElement('div'), { className: 'values', hidden: true });
  note.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
  for (const [name, value] of [
    ['y1', chart.y.range[1]],
    ['y2', chart.y.range[0]],
    ['stroke', 'currentColor'],
    ['stroke-opacity', 0.5],
    ['visibility', 'hidden'],
  ] as const)
    line.setAttribute(name, String(value));
  svg.append(line);
  box.append(note);
  const nearest = ({ clientX }: PointerEvent | MouseEvent): number => {
    const { left, width } = svg.getBoundingClientRect();
    const at = valueAt(((clientX - left) / width) * svg.viewBox.baseVal.width, chart.x);
    const far = (x: number): number => Math.abs(placeOf(x, chart.x) - placeOf(at, chart.x));
    return xs.reduce((best, x) => (far(x) < far(best) ? x : best));
  };
  const hide = (): void => {
    note.hidden = true;
    line.setAttribute('visibility', 'hidden');
  };
  const show = (event: PointerEvent): void => {
    const x = nearest(event);
    const place = placeOf(x, chart.x);
    line.setAttribute('x1', String(place));
    line.setAttribute('x2', String(place));
    line.setAttribute('visibility', 'visible');
    const rows = curves.flatMap(curve => {
      const point = curve.points.find(of => Math.abs(placeOf(of.x, chart.x) - place) < EDGE);
      if (!point) return [];
      const row = document.createElement('span');
      const key = document.createElement('i');
      key.style.background = curve.colour;
      row.append(key, `${curve.name ? `${curve.name} ` : ''}${options.text(point.y, curve)}`);
      return [row];
    });
    const head = document.createElement('b');
    head.append(options.head(x));
    note.replaceChildren(head, ...rows);
    note.hidden = false;
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const right = place * scale + 2 * EDGE + note.offsetWidth;
    const fits = right <= box.clientWidth;
    note.style.left = `${Math.max(0, fits ? place * scale + 2 * EDGE : place * scale - 2 * EDGE - note.offsetWidth)}px`;
  };
  svg.addEventListener('pointermove', show);
  svg.addEventListener('pointerdown', show);
  svg.addEventListener('pointerleave', hide);
  if (options.onPick) svg.addEventListener('click', event => options.onPick!(nearest(event)));
}
