import { availableParallelism, cpus } from 'node:os';
import { type Curve, drawChart } from '../../src/plot/draw-chart.js';
import { escapeText } from '../../src/plot/escape.js';
import { PAPER } from '../../src/report/paper.js';
import { compare } from '../rd/compare.js';
import { METRICS } from '../rd/metrics.js';
import type { Row } from '../rd/rows.js';
import { brief } from '../speed/brief.js';
import type { Family } from './field.js';

/** A codec at one effort. */
interface Effort {
  name: string;
  effort: number;
  /** Megapixels a second of wall time, over all pictures and settings. */
  rate: number;
  /** BD-rate against the anchor, %; undefined where the curves have too little in common. */
  bits: number | undefined;
}

/** A comparison of all efforts: by family, its efforts. */
export interface Result {
  /** Words for the measure, and the tune of ours. */
  title: string;
  families: { title: string; colour: string; efforts: Effort[] }[];
}

/** Scores of SSIMULACRA 2, and bits a pixel of the anchor, between which curves are compared. */
const RANGES = { s2: [50, 90], psnr_rgb: [0.25, 1.5] } as const;

/** The effort that all are compared with, of the first family. */
const DEFAULT_EFFORT = 5;

/** Compares all efforts by a figure. */
export function resultOf(
  families: readonly [ours: Family, ...peers: Family[]],
  rows: readonly Row[],
  figure: keyof typeof RANGES,
  tune: string,
): Result {
  const metric = METRICS.find(other => other.figure === figure)!;
  const anchor = families[0].entries.find(({ effort }) => effort === DEFAULT_EFFORT)!.name;
  const effortOf = (name: string, effort: number): Effort => {
    const own = rows.filter(({ codec }) => codec === name);
    const pixels = own.reduce((sum, { w, h }) => sum + w * h, 0);
    const time = own.reduce((sum, { enc_ms }) => sum + enc_ms, 0);
    const bits = name === anchor ? 0 : compare(rows, name, anchor, metric, RANGES[figure])?.mean;
    return { name, effort, rate: pixels / time / 1000, bits };
  };
  return {
    title: `By ${metric.title}, tune ${tune}`,
    families: families.map(({ title, colour, entries }) => ({
      title,
      colour,
      efforts: entries.map(({ name, effort }) => effortOf(name, effort)),
    })),
  };
}

const signed = (value: number | undefined): string =>
  value === undefined ? '' : `${value > 0 ? '+' : ''}${value.toFixed(1)}`;

/** The document. */
export function toMarkdown(results: readonly Result[], pictures: readonly string[]): string {
  return [
    '# Efforts',
    '',
    `Written by \`npm run bench:efforts\`. ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}. Pictures: ${pictures.join(', ')}.`,
    'Each codec runs on one thread at four qualities of each picture, in turn with the others. Speed is in megapixels a second of wall time. "Bits" is the BD-rate against lowrank at its default',
    'effort, in %: between scores of 50 and 90 by SSIMULACRA 2, and from 0.25 to 1.5 bits a pixel by PSNR. The times of cjxl are those that it prints; the others include no files.',
    ...results.flatMap(({ title, families }) => [
      '',
      `## ${title}`,
      '',
      '| codec | effort | megapixels a second | bits, % |',
      '|---|---:|---:|---:|',
      ...families.flatMap(({ title, efforts }) =>
        efforts.map(
          ({ effort, rate, bits }) => `| ${title} | ${effort} | ${brief(rate)} | ${signed(bits)} |`,
        ),
      ),
    ]),
    '',
  ].join('\n');
}

const [WIDTH, HEIGHT, MARGIN, LINE] = [470, 330, 16, 18];

/** The same as a picture: a chart for each result, side by side. */
export function toSvg(results: readonly Result[]): string {
  const width = results.length * (WIDTH + MARGIN) + MARGIN;
  const height = HEIGHT + 3 * LINE + 2 * MARGIN;
  const charts = results.map(({ title, families }, i) => {
    const left = MARGIN + i * (WIDTH + MARGIN);
    const curves: Curve[] = families.map(({ title: name, colour, efforts }) => ({
      name,
      colour,
      points: efforts.flatMap(({ rate: x, bits: y }) => (y === undefined ? [] : [{ x, y }])),
    }));
    const chart = drawChart(curves, {
      ...{ x: { label: 'megapixels a second', base: 4 }, y: { label: 'bits, %' } },
      ...{ name: `Bits against speed: ${title}`, width: WIDTH, height: HEIGHT, ...PAPER },
    });
    return [
      `<text x="${left + 44}" y="${MARGIN + 8}" font-size="13" font-weight="600">${escapeText(title)}</text>`,
      `<g transform="translate(${left},${MARGIN + LINE})">${chart?.svg ?? ''}</g>`,
    ].join('');
  });
  const legend = (results[0]?.families ?? []).map(({ title, colour }, i) => {
    const x = MARGIN + 44 + i * 130;
    const y = height - MARGIN - 4;
    return `<line x1="${x}" x2="${x + 26}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2"/><text x="${x + 34}" y="${y + 4}" font-size="12">${escapeText(title)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" fill="${PAPER.ink}">
<title>Bits against speed of encoding, by effort</title>
<rect width="${width}" height="${height}" fill="${PAPER.background}"/>
${[...charts, ...legend].join('\n')}
</svg>
`;
}
