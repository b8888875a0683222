import { drawChart } from '../../plot/draw-chart.js';
import type { RowProfile } from '../protocol.js';

/** Draws the brightness along a row of the original and of the decoded picture. */
export function drawRow(box: HTMLElement, { original, decoded }: RowProfile, row: number): void {
  const points = (values: Uint8Array) => Array.from(values, (y, x) => ({ x, y }));
  const chart = drawChart(
    [
      { name: 'original', colour: 'var(--soft)', points: points(original) },
      { name: 'decoded', colour: 'var(--accent)', points: points(decoded) },
    ],
    {
      x: { label: `column, in row ${row}`, domain: [0, Math.max(1, original.length - 1)] },
      y: { label: 'brightness', domain: [0, 255] },
      name: `Brightness along row ${row}, of the original and of the picture at this rank`,
      width: Math.max(240, box.clientWidth || 320),
      height: 170,
      ink: 'var(--soft)',
      line: 'var(--line)',
      background: 'var(--card)',
    },
  );
  if (chart) box.innerHTML = chart.svg;
}
