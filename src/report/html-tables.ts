import { escapeText } from '../plot/escape.js';
import type { Measurement, Peer, Row } from './measurement.js';
import type { Mean, MeanRow } from './summarise.js';
import { variantName } from './variant-name.js';

const integer = (value: number): string => Math.round(value).toLocaleString('en-US');
const decibels = (value: number | undefined): string =>
  value === undefined ? '-' : value === Number.POSITIVE_INFINITY ? 'exact' : value.toFixed(2);
const optional = <T>(value: T | undefined, text: (value: T) => string): string =>
  value === undefined ? '-' : text(value);
const signed = (percent: number): string => `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;

/** A table that scrolls if it is wider than the page; cells are escaped. */
function table(caption: string, headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const name = escapeText(caption);
  const head = headings.map(text => `<th scope="col">${escapeText(text)}</th>`).join('');
  const body = rows
    .map(
      ([first, ...rest]) =>
        `<tr><th scope="row">${escapeText(first!)}</th>${rest.map(cell => `<td>${escapeText(cell)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table><caption>${name}</caption>
<thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div>`;
}

/** All figures of one picture, as tables. */
export const pictureTables = ({ variants, textbook, quality }: Measurement): string =>
  [
    ...variants.flatMap(variant => {
      const name = variantName(variant);
      const file = `${name}: quality ${quality}, ${integer(variant.file.length)} bytes, rank ${variant.rank}`;
      return [rankTable(file, variant.rows), peerTable(name, variant.rows), rateTable(name, variant.bdRates)];
    }),
    table(
      'Textbook SVD: each channel of m x n is one matrix, k(1 + m + n) floats a channel, not quantised',
      ['rank', 'floats', 'bytes as 32 bits', 'PSNR, dB'],
      textbook.map(({ rank, floats, psnr }) => [
        String(rank),
        integer(floats),
        integer(4 * floats),
        decibels(psnr),
      ]),
    ),
  ].join('\n');

/** The means over several pictures, as tables. */
export const meanTables = (means: readonly Mean[]): string =>
  means
    .flatMap(mean => {
      const name = `${variantName(mean)}, mean of ${mean.pictures} pictures`;
      const rates = Object.fromEntries(
        Object.entries(mean.bdRates).map(([peer, { byRank, byQuality }]) => [
          peer,
          {
            ...(byRank && { byRank: byRank.percent }),
            ...(byQuality && { byQuality: byQuality.percent }),
            pictures: `${byQuality?.pictures ?? 0} by quality, ${byRank?.pictures ?? 0} by rank`,
          },
        ]),
      );
      return [rankTable(name, mean.rows), peerTable(name, mean.rows), rateTable(name, rates)];
    })
    .join('\n');

function rankTable(caption: string, rows: readonly (Row | MeanRow)[]): string {
  const isMean = rows.some(row => 'pictures' in row);
  const isScored = rows.some(row => row.ssimulacra2 !== undefined);
  const headings =
    `rank,bytes,bits a pixel,PSNR in dB,SSIM,MS-SSIM,${isScored ? 'SSIMULACRA 2,' : ''}energy kept,quantised factors in bytes`.split(
      ',',
    );
  return table(
    caption,
    [...headings, ...(isMean ? ['pictures'] : ['prefix in bytes', 'its rank', 'its PSNR'])],
    rows.map(row => [
      String(row.rank),
      integer(row.bytes),
      row.bpp.toFixed(3),
      decibels(row.psnr),
      optional(row.ssim, value => value.toFixed(4)),
      optional(row.msSsim, value => value.toFixed(4)),
      ...(isScored ? [optional(row.ssimulacra2, value => value.toFixed(1))] : []),
      `${(100 * row.energyKept).toFixed(2)} %`,
      integer(row.factorBytes),
      ...('pictures' in row
        ? [String(row.pictures)]
        : [
            optional(row.prefix?.bytes, integer),
            optional(row.prefix?.rank, String),
            decibels(row.prefix?.psnr),
          ]),
    ]),
  );
}

function peerTable(name: string, rows: readonly (Row | MeanRow)[]): string {
  const peers = Object.keys(rows[0]?.peers ?? {}) as Peer[];
  if (peers.length === 0) return '';
  return table(
    `${name}: other codecs at the same bytes, and at the same PSNR`,
    ['rank', ...peers.map(peer => `${peer}, dB`), ...peers.map(peer => `${peer}, bytes`)],
    rows.map(({ rank, peers: peerValues }) => [
      String(rank),
      ...peers.map(peer => decibels(peerValues[peer]?.psnr)),
      ...peers.map(peer => optional(peerValues[peer]?.bytes, integer)),
    ]),
  );
}

function rateTable(
  name: string,
  rates: Readonly<Record<string, { byRank?: number; byQuality?: number; pictures?: string }>>,
): string {
  const entries = Object.entries(rates).filter(
    ([, { byRank, byQuality }]) => byRank !== undefined || byQuality !== undefined,
  );
  if (entries.length === 0) return '';
  const isMean = entries.some(([, { pictures }]) => pictures);
  return table(
    `${name}: bytes at equal PSNR (BD-rate); less than 0 is fewer than the other codec`,
    ['against', 'by quality', 'by rank', ...(isMean ? ['pictures'] : [])],
    entries.map(([peer, { byRank, byQuality, pictures }]) => [
      peer,
      optional(byQuality, signed),
      optional(byRank, signed),
      ...(isMean ? [pictures ?? ''] : []),
    ]),
  );
}
