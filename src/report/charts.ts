import type { ChartOptions, Curve } from '../plot/draw-chart.js';
import type { Measurement } from './measurement.js';

/** Colours of a chart, as CSS has them. */
export interface Palette {
  ink: string;
  line: string;
  /** Of variants, then of peers. */
  series: readonly string[];
  background: string;
}

/** A chart before it is drawn; it goes through JSON as it stands. */
export interface ChartPlan {
  kind: 'rate' | 'rank';
  title: string;
  curves: Curve[];
  options: Omit<ChartOptions, 'width' | 'height'>;
}

/** How the codecs are called where people read. */
export const PEER_NAMES = { jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF' } as const;

/** Dashes of files that are cut to lower ranks, and of what is no file. */
const [CUT, NO_FILE] = ['2 4', '6 3'];

/** The charts of a picture, that of the codec as it is meant to be used first: PSNR by size, and by rank. */
export function chartsOf(of: Measurement, palette: Palette): ChartPlan[] {
  const { ink, line, background } = palette;
  const y = { label: 'PSNR, dB' };
  return [
    {
      kind: 'rate' as const,
      title: 'Quality by size',
      curves: rateCurves(of, palette),
      options: {
        x: { label: 'bits a pixel', base: 2 },
        y,
        name: 'PSNR by bits a pixel',
        ink,
        line,
        background,
      },
    },
    {
      kind: 'rank' as const,
      title: 'Quality by rank',
      curves: rankCurves(of, palette),
      options: { x: { label: 'rank', base: 2 }, y, name: 'PSNR by rank', ink, line, background },
    },
  ];
}

/** PSNR against size: the codec by quality, the peers, and the ranks of each variant's file. */
function rateCurves(of: Measurement, { series }: Palette): Curve[] {
  const { variants, peers } = of;
  const names = Object.keys(peers) as (keyof typeof PEER_NAMES)[];
  return known([
    ...variants.map((variant, i) => ({
      name: nameOf(of, i),
      colour: series[i % series.length]!,
      points: variant.qualities.map(({ bpp, metric }) => ({ x: bpp, y: metric })),
    })),
    ...names.map((peer, i) => ({
      name: PEER_NAMES[peer],
      colour: series[(variants.length + i) % series.length]!,
      points: peers[peer]!.map(({ bpp, metric }) => ({ x: bpp, y: metric })),
    })),
    ...variants.map((variant, i) => ({
      name: `${nameOf(of, i)}, one file cut to lower ranks`,
      colour: series[i % series.length]!,
      dashes: CUT,
      points: variant.rows.map(({ bpp, psnr }) => ({ x: bpp, y: psnr })),
    })),
  ]);
}

/** PSNR against rank: each variant, and the SVD of the textbook before quantisation. */
function rankCurves(of: Measurement, { series, ink }: Palette): Curve[] {
  const exact = of.textbook.flatMap(({ rank, psnr }) => (psnr === undefined ? [] : [{ x: rank, y: psnr }]));
  return known([
    ...of.variants.map((variant, i) => ({
      name: nameOf(of, i),
      colour: series[i % series.length]!,
      points: variant.rows.map(({ rank, psnr }) => ({ x: rank, y: psnr })),
    })),
    { name: 'SVD of the textbook, not quantised', colour: ink, dashes: NO_FILE, points: exact },
  ]);
}

function nameOf({ variants }: Measurement, i: number): string {
  const { layout, basis } = variants[i]!;
  if (layout === 'channel') return 'lowrank, layout channel';
  return basis === 'auto' ? 'lowrank' : `lowrank, basis ${basis}`;
}

/** Curves with their finite points, those that have any. */
const known = (curves: Curve[]): Curve[] =>
  curves.flatMap(curve => {
    const points = curve.points.filter(({ y }) => Number.isFinite(y));
    return points.length ? [{ ...curve, points }] : [];
  });
