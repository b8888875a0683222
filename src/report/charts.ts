import type { ChartOptions, Curve } from '../plot/draw-chart.js';
import type { Measurement } from './measurement.js';

/** Colours of a chart, as CSS colours. */
export interface Palette {
  ink: string;
  line: string;
  /** For variants, then peers. */
  series: readonly string[];
  background: string;
}

/** A chart before it is drawn; can be stored as JSON. */
export interface ChartPlan {
  kind: 'score' | 'rate' | 'rank';
  /** Unit of y, written after a value. */
  unit: string;
  title: string;
  curves: Curve[];
  options: Omit<ChartOptions, 'width' | 'height'>;
}

/** Names of the codecs for readers. */
export const PEER_NAMES = { jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF' } as const;

/** Dashes for files cut to lower ranks, and for what is not a file. */
const [CUT, NO_FILE] = ['2 4', '6 3'];

/**
 * The charts of a picture: quality by size, as the eye sees it if that was measured, then PSNR by size and by rank. The first curve is the
 * codec in its intended use.
 */
export function chartsOf(measurement: Measurement, palette: Palette): ChartPlan[] {
  const { ink, line, background } = palette;
  const size = { label: 'bits a pixel', base: 2 };
  const decibels = { label: 'PSNR, dB' };
  const colours = { ink, line, background };
  const plans: ChartPlan[] = [
    {
      kind: 'score',
      unit: '',
      title: 'Quality by size, as the eye sees it',
      curves: rateCurves(measurement, palette, scoreOf),
      options: { x: size, y: { label: 'SSIMULACRA 2' }, name: 'SSIMULACRA 2 by bits a pixel', ...colours },
    },
    {
      kind: 'rate',
      unit: ' dB',
      title: 'PSNR by size',
      curves: rateCurves(measurement, palette, psnrOf),
      options: { x: size, y: decibels, name: 'PSNR by bits a pixel', ...colours },
    },
    {
      kind: 'rank',
      unit: ' dB',
      title: 'PSNR by rank',
      curves: rankCurves(measurement, palette),
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
/** SSIMULACRA 2 if it was measured. Scores below 0 are left out: they would leave no room for the rest. */
const scoreOf = ({ ssimulacra2 = Number.NaN }: Point): number => (ssimulacra2 < 0 ? Number.NaN : ssimulacra2);

/** Quality against size: the codec by quality, the peers, and the ranks of each variant's file. */
function rateCurves(
  measurement: Measurement,
  { series }: Palette,
  quality: (point: Point) => number,
): Curve[] {
  const { variants, peers } = measurement;
  const names = Object.keys(peers) as (keyof typeof PEER_NAMES)[];
  const points = (from: readonly Point[]) => from.map(point => ({ x: point.bpp, y: quality(point) }));
  return known([
    ...variants.map((variant, i) => ({
      name: nameOf(measurement, i),
      colour: series[i % series.length]!,
      points: points(variant.qualities),
    })),
    ...names.map((peer, i) => ({
      name: PEER_NAMES[peer],
      colour: series[(variants.length + i) % series.length]!,
      points: points(peers[peer]!),
    })),
    ...variants.map((variant, i) => ({
      name: `${nameOf(measurement, i)}, one file cut to lower ranks`,
      colour: series[i % series.length]!,
      dashes: CUT,
      points: points(variant.rows),
    })),
  ]);
}

/** PSNR against rank: each variant, and the textbook SVD without quantisation. */
function rankCurves(measurement: Measurement, { series, ink }: Palette): Curve[] {
  const exact = measurement.textbook.flatMap(({ rank, psnr }) =>
    psnr === undefined ? [] : [{ x: rank, y: psnr }],
  );
  return known([
    ...measurement.variants.map((variant, i) => ({
      name: nameOf(measurement, i),
      colour: series[i % series.length]!,
      points: variant.rows.map(({ rank, psnr }) => ({ x: rank, y: psnr })),
    })),
    { name: 'textbook SVD, not quantised', colour: ink, dashes: NO_FILE, points: exact },
  ]);
}

function nameOf({ variants }: Measurement, i: number): string {
  const { layout, basis } = variants[i]!;
  if (layout === 'channel') return 'lowrank, layout channel';
  return basis === 'auto' ? 'lowrank' : `lowrank, basis ${basis}`;
}

/** Curves with their finite points; without those that have none. */
const known = (curves: Curve[]): Curve[] =>
  curves.flatMap(curve => {
    const points = curve.points.filter(({ y }) => Number.isFinite(y));
    return points.length ? [{ ...curve, points }] : [];
  });
