import type { Measurement, Peer, Rates, RatesAgainst, Row } from '../report/measurement.js';
import type { Mean, MeanRate, MeanRow } from '../report/summarise.js';
import { variantName } from '../report/variant-name.js';
import { count, decibels, format } from './figures.js';
import { type Series, scatter } from './scatter.js';
import { table } from './table.js';

/** Size of the plot in characters. */
const PLOT = { width: 60, height: 13 } as const;
const BYTES_A_FLOAT = 4;

/** The measurement of one picture as text: a heading, tables of ranks and of peers for each variant, the textbook SVD, and a plot. */
export function describeComparison(measurement: Measurement): string {
  const { input, quality, variants, textbook } = measurement;
  return [
    `${input}: ${format(measurement)}`,
    ...variants.flatMap(variant => [
      '',
      `  ${variantName(variant)}: quality ${quality}, ${count(variant.file.length)} bytes, rank ${variant.rank}`,
      ...rankTable(variant.rows, true),
      ...peerTable(variant.rows),
      ...rateLines(variant.bdRates, percent => percent),
    ]),
    '',
    '  Textbook SVD, where each channel of m x n is one matrix: k(1 + m + n) floats a channel, not quantised',
    ...table(
      ['rank', 'floats', 'as 32 bits', 'PSNR'],
      textbook.map(({ rank, floats, psnr }) => [
        String(rank),
        count(floats),
        `${count(BYTES_A_FLOAT * floats)} bytes`,
        optional(psnr, decibels),
      ]),
    ),
    ...plot(measurement),
  ].join('\n');
}

/** The means over several pictures as text. */
export function describeMeans(means: readonly Mean[]): string {
  return means
    .flatMap((mean, i) => [
      ...(i ? [''] : []),
      `Mean of ${mean.pictures} pictures, ${variantName(mean)}`,
      ...rankTable(mean.rows, false, mean.pictures),
      ...peerTable(mean.rows),
      ...rateLines(
        mean.bdRates,
        rate => rate.percent,
        rate => (rate.pictures < mean.pictures ? ` (${rate.pictures} of ${mean.pictures} pictures)` : ''),
      ),
    ])
    .join('\n');
}

const optional = <T>(value: T | undefined, text: (value: T) => string): string =>
  value === undefined ? '-' : text(value);
const share = (value: number): string => `${(100 * value).toFixed(2)} %`;
const similarity = (value: number): string => value.toFixed(4);
const score = (value: number): string => value.toFixed(1);

/** A table of ranks; `prefixes`: all are prefixes of one file. Ranks that only some of the `pictures` have say how many. */
function rankTable(rows: readonly (Row | MeanRow)[], prefixes: boolean, pictures = 0): string[] {
  const isUneven = rows.some(row => 'pictures' in row && row.pictures < pictures);
  const isScored = rows.some(row => row.ssimulacra2 !== undefined);
  const headings = ['rank', 'bytes', 'bpp', 'PSNR', 'SSIM', 'MS-SSIM'];
  if (isScored) headings.push('SSIMULACRA 2');
  headings.push('energy', 'factors');
  if (prefixes) headings.push('prefix', 'its PSNR');
  if (isUneven) headings.push('pictures');
  return table(
    headings,
    rows.map(row => [
      String(row.rank),
      count(Math.round(row.bytes)),
      row.bpp.toFixed(3),
      decibels(row.psnr),
      optional(row.ssim, similarity),
      optional(row.msSsim, similarity),
      ...(isScored ? [optional(row.ssimulacra2, score)] : []),
      share(row.energyKept),
      count(Math.round(row.factorBytes)),
      ...(prefixes && 'prefix' in row && row.prefix
        ? [count(row.prefix.bytes), decibels(row.prefix.psnr)]
        : prefixes
          ? ['-', '-']
          : []),
      ...(isUneven && 'pictures' in row ? [String(row.pictures)] : []),
    ]),
  );
}

/** What the peers reach with as many bytes, and how many they take for the same PSNR. */
function peerTable(rows: readonly (Row | MeanRow)[]): string[] {
  const peers = Object.keys(rows[0]?.peers ?? {}) as Peer[];
  if (peers.length === 0) return [];
  const isScored = rows.some(row => row.ssimulacra2 !== undefined);
  return [
    '',
    ...table(
      [
        'rank',
        ...(isScored ? peers.map((peer, i) => (i ? peer : `SSIMULACRA 2 at these bytes: ${peer}`)) : []),
        ...peers.map((peer, i) => (i ? peer : `${isScored ? 'PSNR' : 'at these bytes'}: ${peer}`)),
        ...peers.map((peer, i) => (i ? peer : `for this PSNR: ${peer}`)),
      ],
      rows.map(({ rank, peers: peerValues }) => [
        String(rank),
        ...(isScored ? peers.map(peer => optional(peerValues[peer]?.ssimulacra2, score)) : []),
        ...peers.map(peer => optional(peerValues[peer]?.psnr, decibels)),
        ...peers.map(peer => optional(peerValues[peer]?.bytes, bytes => count(Math.round(bytes)))),
      ]),
    ),
  ];
}

/** One line for each peer: BD-rates of the codec and of the file cut to lower ranks, by SSIMULACRA 2 if it was measured, and by PSNR. */
function rateLines<T extends number | MeanRate>(
  rates: Partial<Record<Peer, RatesAgainst<T>>>,
  percent: (rate: T) => number,
  note: (rate: T) => string = () => '',
): string[] {
  const said = (rate: T): string => {
    const value = percent(rate);
    return `${value > 0 ? '+' : ''}${value.toFixed(1)} %${note(rate)}`;
  };
  const block = (heading: string, pick: (ratesOfPeer: RatesAgainst<T>) => Rates<T> | undefined): string[] => {
    const lines = Object.entries(rates).flatMap(([peer, ratesOfPeer]) => {
      const { byRank, byQuality } = pick(ratesOfPeer) ?? {};
      const parts = [
        ...(byQuality === undefined ? [] : [`${said(byQuality)} by quality`]),
        ...(byRank === undefined ? [] : [`${said(byRank)} by rank`]),
      ];
      return parts.length ? [`  ${peer.padEnd(5)} ${parts.join(', ')}`] : [];
    });
    return lines.length ? ['', `  Bytes at equal ${heading} (BD-rate) against`, ...lines] : [];
  };
  return [
    ...block('SSIMULACRA 2, 50 to 90', ratesOfPeer => ratesOfPeer.ssimulacra2),
    ...block('PSNR', ratesOfPeer => ratesOfPeer),
  ];
}

function plot({ variants, peers }: Measurement): string[] {
  const marks = variants.length > 1 ? ['1', '2', '3', '4'] : ['o'];
  const series: Series[] = [
    ...variants.map((variant, i) => ({
      mark: marks[i]!,
      name: `${variantName(variant)}, by rank`,
      points: variant.rows.map(({ bpp, psnr }) => ({ x: bpp, y: psnr })),
    })),
    ...Object.entries(peers).map(([peer, points]) => ({
      mark: peer[0]!,
      name: peer,
      points: points.map(({ bpp, metric }) => ({ x: bpp, y: metric })),
    })),
  ];
  const lines = scatter(series, PLOT.width, PLOT.height, 'bits a pixel, logarithmic');
  return lines.length ? ['', '  PSNR, dB', ...lines] : [];
}
