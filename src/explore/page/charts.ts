import * as Plot from '@observablehq/plot';
import type { ChannelSummary, Encoded } from '../protocol.js';
import { byId } from './dom.js';
import { channelName, decibels, integer } from './numbers.js';

const SERIES = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'];

/** One point of a curve. */
export interface Point {
  rank: number;
  value: number;
}

/** Draws both curves, with the rank that is shown marked, and the spectra. */
export function drawCharts(encoded: Encoded, psnrs: ReadonlyMap<number, number>, rank: number): void {
  const ranks = [...psnrs.keys()].sort((a, b) => a - b);
  const finite = ranks.filter(k => Number.isFinite(psnrs.get(k)));
  drawCurve(
    'psnr-chart',
    finite.map(k => ({ rank: k, value: psnrs.get(k)! })),
    rank,
    encoded.columns,
    decibels,
    'PSNR by rank',
  );
  const sizes = encoded.sizes.map((value, i) => ({ rank: i + 1, value }));
  drawCurve('bytes-chart', sizes, rank, encoded.columns, value => `${integer(value)} bytes`, 'Bytes by rank');
  drawSpectrum(encoded.channels, rank);
}

function drawCurve(
  id: string,
  points: Point[],
  rank: number,
  columns: number,
  text: (value: number) => string,
  name: string,
): void {
  const box = byId(id);
  const now = points.filter(point => point.rank === rank);
  const chart = Plot.plot({
    ...sizeOf(box, 190),
    marginLeft: 52,
    style: { background: 'none', fontSize: '11px', overflow: 'visible' },
    ariaLabel: name,
    ariaDescription: now.length
      ? `At rank ${rank}: ${text(now[0]!.value)}.`
      : `${points.length} ranks so far.`,
    x: {
      type: 'log',
      base: 2,
      domain: [1, Math.max(2, columns)],
      label: 'rank',
      ticks: ticksOf(columns),
      tickFormat: 'd',
    },
    y: { label: null, grid: true, nice: true, ticks: 5, tickFormat: short },
    marks: [
      Plot.ruleX([rank], { stroke: 'currentColor', strokeDasharray: '3 3' }),
      Plot.lineY(points, { x: 'rank', y: 'value', z: null, stroke: SERIES[0]!, strokeWidth: 2 }),
      ...(points.length > 40 ? [] : [Plot.dot(points, { x: 'rank', y: 'value', r: 2, fill: SERIES[0]! })]),
      Plot.dot(now, {
        x: 'rank',
        y: 'value',
        r: 5.5,
        fill: SERIES[1]!,
        stroke: 'var(--card)',
        strokeWidth: 1.5,
        className: 'now',
      }),
      Plot.tip(
        points,
        Plot.pointerX({
          x: 'rank',
          y: 'value',
          fill: 'var(--card)',
          title: point => `rank ${point.rank}\n${text(point.value)}`,
        }),
      ),
    ],
  });
  asImage(chart);
  chart.setAttribute('data-rank', String(rank));
  box.replaceChildren(chart);
}

function drawSpectrum(channels: ChannelSummary[], rank: number): void {
  const box = byId('spectrum-chart');
  const most = Math.max(
    ...channels.flatMap(({ spectrum, energies }) => [...spectrum, ...energies.map(Math.sqrt)]),
    1,
  );
  // What is far below the strongest would leave no room for the rest.
  const least = most * 1e-5;
  const named = channels.map((_, c) => channelName(c, channels.length));
  const lines = channels.flatMap(({ spectrum }, c) =>
    spectrum.flatMap((value, i) => (value > least ? [{ number: i + 1, value, channel: named[c]! }] : [])),
  );
  const dots = channels.flatMap(({ energies }, c) =>
    energies
      .slice(0, rank)
      .flatMap((energy, i) =>
        energy > least ** 2 ? [{ number: i + 1, value: Math.sqrt(energy), channel: named[c]! }] : [],
      ),
  );
  const numbers = Math.max(
    2,
    ...channels.map(({ spectrum, energies }) => Math.max(spectrum.length, energies.length)),
  );
  const chart = Plot.plot({
    ...sizeOf(box, 230),
    marginLeft: 52,
    style: { background: 'none', fontSize: '11px', overflow: 'visible' },
    ariaLabel: 'Spectrum of singular values, by channel',
    ariaDescription: channels
      .map(({ spectrum }, c) =>
        spectrum.length
          ? `${named[c]}: from ${spectrum[0]!.toPrecision(3)} to ${spectrum.at(-1)!.toPrecision(3)}, ${spectrum.length} values.`
          : `${named[c]}: too many samples to find its values.`,
      )
      .join(' '),
    x: { domain: [1, numbers], label: 'number', tickFormat: 'd' },
    y: { type: 'log', label: null, grid: true, ticks: 4, tickFormat: short },
    color: { domain: named, range: SERIES.slice(0, named.length), legend: named.length > 1 },
    marks: [
      Plot.ruleX([rank], { stroke: 'currentColor', strokeDasharray: '3 3' }),
      Plot.lineY(lines, { x: 'number', y: 'value', z: 'channel', stroke: 'channel', strokeWidth: 1.8 }),
      Plot.dot(dots, { x: 'number', y: 'value', fill: 'channel', r: 2.6, className: 'kept' }),
    ],
  });
  asImage(chart.tagName === 'svg' ? chart : chart.querySelector(':scope > svg:last-of-type')!);
  box.replaceChildren(chart);
}

/** A chart is one picture with one description: what Plot calls its parts says nothing more, and groups must have no names. */
function asImage(chart: Element): void {
  chart.setAttribute('role', 'img');
  for (const part of chart.querySelectorAll('g[aria-label], g[aria-description]')) {
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-description');
  }
}

/** A number of an axis in three digits, thousands as k. */
const short = (value: number): string =>
  value >= 1000 ? `${Number((value / 1000).toPrecision(3))}k` : String(Number(value.toPrecision(3)));

const sizeOf = (box: HTMLElement, height: number) => ({
  width: Math.max(220, box.clientWidth || 320),
  height,
});

const ticksOf = (columns: number): number[] =>
  Array.from({ length: 1 + Math.floor(Math.log2(Math.max(2, columns))) }, (_, i) => 2 ** i);
