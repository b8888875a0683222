import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Measurement } from './measurement.js';
import { variantName } from './variant-name.js';

/*
 * `npm run build` bundles this file, in dist, with the two libraries that it draws with: users do not install them.
 */

/** Colours of a chart, as CSS has them. */
export interface Palette {
  ink: string;
  /** Of variants, then of peers. */
  series: readonly string[];
  background: string;
}

/** One curve of a picture. */
export interface Curve {
  name: string;
  colour: string;
  /** Dashes of its line; none where it is solid. */
  dashes?: string;
  points: { x: number; y: number }[];
}

/** A chart as the text of an svg element, and where its scales put things: x is logarithmic to base 2. */
export interface Chart {
  svg: string;
  x: { domain: [number, number]; range: [number, number] };
  y: { domain: [number, number]; range: [number, number] };
}

/** PSNR against size: the ranks of each variant, the codec by quality, and the peers. */
export function rateCurves({ variants, peers }: Measurement, { series }: Palette): Curve[] {
  const names = Object.keys(peers);
  return [
    ...variants.flatMap((variant, i) => [
      {
        name: `${variantName(variant)}, by rank`,
        colour: series[i % series.length]!,
        points: variant.rows.map(({ bpp, psnr }) => ({ x: bpp, y: psnr })),
      },
      {
        name: `${variantName(variant)}, by quality`,
        colour: series[i % series.length]!,
        dashes: '5 3',
        points: variant.qualities.map(({ bpp, metric }) => ({ x: bpp, y: metric })),
      },
    ]),
    ...names.map((peer, i) => ({
      name: peer,
      colour: series[(variants.length + i) % series.length]!,
      dashes: '1.5 2.5',
      points: peers[peer as keyof typeof peers]!.map(({ bpp, metric }) => ({ x: bpp, y: metric })),
    })),
  ].flatMap(curve => {
    const points = curve.points.filter(({ y }) => Number.isFinite(y));
    return points.length ? [{ ...curve, points }] : [];
  });
}

/** PSNR against rank: each variant, and the SVD of the textbook before quantisation. */
export function rankCurves({ variants, textbook }: Measurement, { series, ink }: Palette): Curve[] {
  const exact = textbook.flatMap(({ rank, psnr }) => (psnr === undefined ? [] : [{ x: rank, y: psnr }]));
  return [
    ...variants.map((variant, i) => ({
      name: variantName(variant),
      colour: series[i % series.length]!,
      points: variant.rows.map(({ rank, psnr }) => ({ x: rank, y: psnr })),
    })),
    { name: 'SVD of the textbook, not quantised', colour: ink, dashes: '5 3', points: exact },
  ].flatMap(curve => {
    const points = curve.points.filter(({ y }) => Number.isFinite(y));
    return points.length ? [{ ...curve, points }] : [];
  });
}

/** Draws curves over a logarithmic x, in CSS pixels. Nothing where no curve has a point. */
export function drawChart(
  curves: readonly Curve[],
  labels: { x: string; y: string; name: string },
  size: { width: number; height: number },
  { ink, background }: Palette,
): Chart | undefined {
  if (curves.length === 0) return undefined;
  const { document } = parseHTML('<!doctype html><html></html>');
  const chart = Plot.plot({
    ...size,
    document,
    marginLeft: 44,
    marginRight: 16,
    x: { type: 'log', base: 2, label: labels.x, tickFormat: (x: number) => String(Number(x.toPrecision(2))) },
    y: { label: labels.y, grid: true, nice: true },
    marks: curves.flatMap(({ points, colour, dashes }) => [
      Plot.lineY(points, {
        x: 'x',
        y: 'y',
        stroke: colour,
        strokeWidth: 1.8,
        strokeDasharray: dashes ?? 'none',
      }),
      Plot.dot(points, { x: 'x', y: 'y', r: 2.6, fill: colour, stroke: background, strokeWidth: 0.6 }),
    ]),
  });
  chart.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-label', labels.name);
  chart.setAttribute('color', ink);
  // A strict page lets in no style of its parts; what Plot says there the page and the figure say themselves.
  for (const part of chart.querySelectorAll('style')) part.remove();
  for (const part of chart.querySelectorAll('[aria-label], [aria-description], [aria-hidden]'))
    for (const name of ['aria-label', 'aria-description', 'aria-hidden']) part.removeAttribute(name);
  chart.removeAttribute('class');
  const [x, y] = [chart.scale('x')!, chart.scale('y')!].map(({ domain, range }) => ({
    domain: [...(domain as number[])] as [number, number],
    range: [...(range as number[])] as [number, number],
  })) as [Chart['x'], Chart['y']];
  return { svg: chart.outerHTML, x, y };
}
