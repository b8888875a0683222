import { type Curve, drawChart } from '../plot/draw-chart.js';
import { escapeText } from '../plot/escape.js';
import { chartsOf } from './charts.js';
import type { Measurement } from './measurement.js';
import { PAPER } from './paper.js';
import { shortName } from './short-name.js';

const CHART = { width: 470, height: 320 } as const;
const [MARGIN, TITLE, LINE] = [16, 30, 18];

/**
 * A figure with two charts a picture, PSNR against bits a pixel and against rank, as the text of an .svg file; pictures are below each
 * other. Text is text, in the reader's sans-serif font.
 */
export function toSvg(measurements: readonly Measurement[]): string {
  const width = 2 * CHART.width + 3 * MARGIN;
  let top = MARGIN;
  const parts = measurements.flatMap(measurement => {
    const plans = chartsOf(measurement, PAPER).filter(({ kind }) => kind !== 'score');
    const lines = Math.max(...plans.map(({ curves }) => curves.length));
    const title = `${escapeText(shortName(measurement.input))}, ${measurement.width} x ${measurement.height}`;
    const charts = [
      `<text x="${MARGIN}" y="${top + 14}" font-size="14" font-weight="600">${title}</text>`,
      ...plans.flatMap(({ curves, options }, i) => {
        const left = MARGIN + i * (CHART.width + MARGIN);
        const chart = drawChart(curves, { ...options, ...CHART });
        return [
          at(left, top + TITLE, chart?.svg ?? ''),
          at(left + 44, top + TITLE + CHART.height + 4, legend(curves)),
        ];
      }),
    ];
    top += TITLE + CHART.height + lines * LINE + 2 * MARGIN;
    return charts;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" font-family="sans-serif" fill="${PAPER.ink}">
<title>Quality against size and rank</title>
<rect width="${width}" height="${top}" fill="${PAPER.background}"/>
${parts.join('\n')}
</svg>
`;
}

const at = (x: number, y: number, body: string): string => `<g transform="translate(${x},${y})">${body}</g>`;

const legend = (curves: readonly Curve[]): string =>
  curves
    .map(({ name, colour, dashes }, i) => {
      const y = i * LINE + 8;
      return (
        `<line x1="0" x2="26" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2"${dashes ? ` stroke-dasharray="${dashes}"` : ''}/>` +
        `<text x="34" y="${y + 4}" font-size="12">${escapeText(name)}</text>`
      );
    })
    .join('');
