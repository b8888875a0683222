import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type { Rgb } from '../rd/pictures.js';
import { brief } from './brief.js';
import { median, type Took } from './clock.js';

/** One codec on one picture. */
export interface Result {
  quality: number;
  bpp: number;
  psnr: number;
  /** Warm, one for each round. */
  encode: Took[];
  decode: Took[];
  /** The first run of fresh processes, one for each round. */
  freshEncode: Took[];
  freshDecode: Took[];
}

const WORK = ['encode', 'decode', 'freshEncode', 'freshDecode'] as const;
type Work = (typeof WORK)[number];
const TITLES: Record<Work, string> = {
  encode: 'Encoding, warm',
  decode: 'Decoding, warm',
  freshEncode: 'Encoding, the first picture of a process',
  freshDecode: 'Decoding, the first picture of a process',
};

/** The document that bench:speed writes. `results` by codec, then by picture; the others are compared with the first codec. */
export function report(names: string[], pictures: Rgb[], results: Result[][], rounds: number): string {
  const list = pictures.map(({ name, width, height }) => `${name} (${width} x ${height})`).join(', ');
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return [
    '# Speed',
    '',
    `Written by \`npm run bench:speed\`. ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${gigabytes} GB, Node ${process.version}; load at the end ${loadavg()[0]!.toFixed(1)}.`,
    `Medians of ${rounds} rounds. In each round every codec had its turn on every picture, so that what else the machine did met all of them alike; still, ratios count, and processor time`,
    'more than wall time. Each codec at the quality whose file is nearest to the size given.',
    '',
    `Pictures: ${list}.`,
    '',
    '| codec | bits a pixel | PSNR, dB |',
    '|---|---:|---:|',
    ...results.map(
      (of, i) =>
        `| ${names[i]} | ${mean(of.map(r => r.bpp)).toFixed(2)} | ${mean(of.map(r => r.psnr)).toFixed(2)} |`,
    ),
    ...WORK.flatMap(work => section(work, names, pictures, results)),
    '',
  ].join('\n');
}

/** A table of one kind of work; none if it was not measured. */
function section(work: Work, names: string[], pictures: Rgb[], results: Result[][]): string[] {
  if (results[0]![0]![work].length === 0) return [];
  const rates = results.map(of => ({
    cpu: rate(of, pictures, work, 'cpu'),
    wall: rate(of, pictures, work, 'wall'),
  }));
  const ours = rates[0]!;
  return [
    '',
    `## ${TITLES[work]}`,
    '',
    '| codec | megapixels a second of processor | of wall | lowrank : it, processor | wall |',
    '|---|---:|---:|---:|---:|',
    ...rates.map(
      ({ cpu, wall }, i) =>
        `| ${names[i]} | ${brief(cpu)} | ${brief(wall)} | ${brief(ours.cpu / cpu)} | ${brief(ours.wall / wall)} |`,
    ),
  ];
}

/** Megapixels a second over all pictures: total pixels by total time. */
function rate(of: Result[], pictures: Rgb[], work: Work, clock: keyof Took): number {
  const pixels = pictures.reduce((sum, { width, height }) => sum + width * height, 0);
  const time = of.reduce((sum, result) => sum + median(result[work].map(each => each[clock])), 0);
  return pixels / time / 1000;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
