import type { Info } from '../decode/index.js';
import { bitsPerPixel } from '../metrics/bits-per-pixel.js';
import type { ChannelFactors } from '../spectra/channel-factors.js';
import { count, decibels, field, format } from './figures.js';
import { table } from './table.js';

/** Rows of the layer table before some are left out, and singular values shown for each channel. */
const MAX_ROWS = 24;
const MAX_VALUES = 8;

/**
 * The results of `inspect` and `inspectFactors` as text: a heading, the picture, the layers, the factors if they were read, the metadata.
 */
export function describeInfo(
  name: string,
  info: Info,
  factors: readonly ChannelFactors[] | undefined,
  present: number,
): string {
  return [
    name,
    ...fields(info, present),
    '',
    ...layerTable(info, present),
    ...factorTable(factors),
    ...metadataLines(info),
  ].join('\n');
}

function fields(info: Info, present: number): string[] {
  const { width, height, channels, bitDepth, bytes, layout, step, rank, psnr, psnrAlpha, version } = info;
  const raw = (width * height * channels * bitDepth) / 8;
  const lines = [
    field('picture', format(info)),
    field(
      'size',
      `${count(bytes)} bytes, ${bitsPerPixel(bytes, width, height).toFixed(3)} bits a pixel, ` +
        `${(raw / bytes).toFixed(1)} : 1`,
    ),
    field('quality', decibels(psnr) + (psnrAlpha === undefined ? '' : `, alpha ${decibels(psnrAlpha)}`)),
    field('codec', `version ${version}, layout ${layout}, step ${Number(step.toPrecision(4))}, rank ${rank}`),
  ];
  if (!info.complete) lines.push(field('cut short', `${count(present)} of ${count(bytes)} bytes are here`));
  return lines;
}

function layerTable({ layers, bytes, complete }: Info, present: number): string[] {
  if (layers.length === 0) return ['  no layers: the compact form'];
  const rows = layers.map((layer, i) => [
    String(i + 1),
    String(layer.rank),
    count(layer.bytes),
    `${((100 * layer.bytes) / bytes).toFixed(1)} %`,
    decibels(layer.psnr),
    ...(complete ? [] : [layer.bytes <= present ? 'yes' : 'no']),
  ]);
  // always the first and the last, and evenly spaced ones between them
  const every = Math.ceil(rows.length / MAX_ROWS);
  const shown = rows.filter((_row, i) => i % every === 0 || i === rows.length - 1);
  const lines = table(['layer', 'rank', 'bytes', 'of file', 'PSNR', ...(complete ? [] : ['here'])], shown);
  if (shown.length < rows.length)
    lines.push(`  (${shown.length} of ${rows.length} layers; all of them with --json)`);
  return lines;
}

function factorTable(factors: readonly ChannelFactors[] | undefined): string[] {
  if (!factors) return [];
  const rows = factors.map((factor, i) => [
    String(i + 1),
    String(factor.rank),
    factor.basis,
    String(factor.rotations),
    String(factor.terms),
    count(factor.bytes),
    singularValues(factor.singularValues),
  ]);
  return [
    '',
    ...table(
      ['channel', 'columns', 'basis', 'rotations', 'terms', 'bytes', 'singular values'],
      rows,
      'last left',
    ),
  ];
}

function singularValues(values: readonly number[]): string {
  const shown = values.slice(0, MAX_VALUES).map(value => String(Number(value.toPrecision(3))));
  return shown.join(' ') + (values.length > MAX_VALUES ? ` ... (${values.length})` : '');
}

function metadataLines({ metadata }: Info): string[] {
  const kept = (['icc', 'cicp', 'exif', 'xmp'] as const)
    .filter(kind => metadata[kind])
    .map(kind => `${kind.toUpperCase()} ${count(metadata[kind]!.length)} bytes`);
  return ['', field('metadata', kept.length > 0 ? kept.join(', ') : 'none')];
}
