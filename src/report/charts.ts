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
  kind: 'score' | 'rate' | 'rank';
  /** What stands behind a value of y. */
  unit: string;
  title: string;
  curves: Curve[];
  options: Omit<ChartOptions, 'width' | 'height'>;
}

/** How the codecs are called where people read. */
export const PEER_NAMES = { jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF' } as const;

/** Dashes of files that are cut to lower ranks, and of what is no file. */
const [CUT, NO_FILE] = ['2 4', '6 3'];

/**
 * The charts of a picture: quality by size, as people see it where that is measured, then PSNR by size and by rank. Of the codec as it is meant to be used the
 * curve comes first.
 */
export function chartsOf(of: Measurement, palette: Palette): ChartPlan[] {
  const { ink, line, background } = palette;
  const size = { label: 'bits a pixel', base: 2 };
  const decibels = { label: 'PSNR, dB' };
  const colours = { ink, line, background };
  const plans: ChartPlan[] = [
    {
      kind: 'score',
      unit: '',
      title: 'Quality by size, as the eye sees it',
      curves: rateCurves(of, palette, scoreOf),
      options: { x: size, y: { label: 'SSIMULACRA 2' }, name: 'SSIMULACRA 2 by bits a pixel', ...colours },
    },
    {
      kind: 'rate',
      unit: ' dB',
      title: 'PSNR by size',
      curves: rateCurves(of, palette, psnrOf),
      options: { x: size, y: decibels, name: 'PSNR by bits a pixel', ...colours },
    },
    {
      kind: 'rank',
      unit: ' dB',
      title: 'PSNR by rank',
      curves: rankCurves(of, palette),
      options: { x: { label: 'rank', base: 2 }, y: decibels, name: 'PSNR by rank', ...colours },
    },
  ];
  return plans.filter(({ curves }) => curves.length > 0);
}

/** A file of a codec, or a rank of one. */
interface Point {
  bpp: number;
  metric?: number;
  psnr?: number;
  ssimulacra2?: number;
}
const psnrOf = ({ metric, psnr }: Point): number => metric ?? psnr ?? Number.NaN;
/** SSIMULACRA 2 where it is measured; below 0 are ruins, which would leave no room for the rest. */
const scoreOf = ({ ssimulacra2 = Number.NaN }: Point): number => (ssimulacra2 < 0 ? Number.NaN : ssimulacra2);

/** Quality against size: the codec by quality, the peers, and the ranks of each variant's file. */
function rateCurves(of: Measurement, { series }: Palette, quality: (point: Point) => number): Curve[] {
  const { variants, peers } = of;
  const names = Object.keys(peers) as (keyof typeof PEER_NAMES)[];
  const points = (from: readonly Point[]) => from.map(point => ({ x: point.bpp, y: quality(point) }));
  return known([
    ...variants.map((variant, i) => ({
      name: nameOf(of, i),
      colour: series[i % series.length]!,
      points: points(variant.qualities),
    })),
    ...names.map((peer, i) => ({
      name: PEER_NAMES[peer],
      colour: series[(variants.length + i) % series.length]!,
      points: points(peers[peer]!),
    })),
    ...variants.map((variant, i) => ({
      name: `${nameOf(of, i)}, one file cut to lower ranks`,
      colour: series[i % series.length]!,
      dashes: CUT,
      points: points(variant.rows),
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
