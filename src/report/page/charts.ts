import { type Chart, drawChart } from '../../plot/draw-chart.js';
import { sayValues } from '../../plot/hover.js';
import { placeOf } from '../../plot/scale.js';
import type { ChartPlan } from '../charts.js';

/** Charts in the page: redrawn at the width they have, with values under the pointer. */
export interface PageCharts {
  /** Marks a point of a chart; none if y is undefined. */
  mark(kind: ChartPlan['kind'], x: number, y: number | undefined): void;
}

const HEIGHT = 290;

export function wakeCharts(root: HTMLElement, plans: readonly ChartPlan[]): PageCharts {
  const marks = new Map<string, { x: number; y: number | undefined }>();
  const drawn = new Map<string, Chart>();
  const boxOf = (kind: string): HTMLElement | null => root.querySelector(`[data-chart=${kind}] .chart`);
  const put = (kind: string): void => {
    const circle = boxOf(kind)?.querySelector<SVGCircleElement>('.mark');
    const { x, y } = marks.get(kind) ?? {};
    const chart = drawn.get(kind);
    if (!circle || !chart) return;
    circle.classList.toggle('off', y === undefined);
    if (x === undefined || y === undefined) return;
    circle.setAttribute('cx', placeOf(x, chart.x).toFixed(2));
    circle.setAttribute('cy', placeOf(y, chart.y).toFixed(2));
  };
  const draw = ({ kind, unit, curves, options }: ChartPlan): void => {
    const box = boxOf(kind);
    const width = box?.clientWidth ?? 0;
    if (!box || width < 100) return;
    const chart = drawChart(curves, { ...options, width, height: HEIGHT });
    if (!chart) return;
    box.innerHTML = chart.svg.replace(/<\/svg>$/, '<circle class="mark off" r="5.5"></circle></svg>');
    drawn.set(kind, chart);
    sayValues(box, chart, curves, {
      head: x => (kind === 'rank' ? `rank ${x}` : `${x.toFixed(3)} bits a pixel`),
      text: y => y.toFixed(2) + unit,
    });
    put(kind);
  };
  const drawAll = (): void => plans.forEach(draw);
  let before = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry!.contentRect.width);
    if (width !== before) drawAll();
    before = width;
  }).observe(root.querySelector('.charts')!);

  return {
    mark(kind, x, y) {
      marks.set(kind, { x, y });
      put(kind);
    },
  };
}
