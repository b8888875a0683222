import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_CACHE } from './rd/cache.js';
import { isOurs } from './rd/codecs.js';
import { NAMES } from './rd/lowrank.js';
import type { Job } from './rd/measure.js';
import { listPictures } from './rd/pictures.js';
import { runJobs } from './rd/pool.js';
import type { Row } from './rd/rows.js';

const HELP = `What a quality looks like: SSIMULACRA 2, bits a pixel and PSNR over a folder of PNG files, mean and spread,
of lowrank and of AVIF as sharp sets it (4:4:4, effort 4), as a markdown table.

  npm run bench:looks -- --images DIR [options]

  --images DIR        folder of PNG files
  --only a,b          only these pictures, by name without .png
  --codec NAME        ${NAMES} (default lowrank)
  --qualities a,b     of lowrank (default 50,75,90)
  --avif a,b          qualities of AVIF; none for none (default 30,40,50,60,70,80,90)
  --jobs n            processes (default 1)
  --cache DIR         default ${DEFAULT_CACHE}
  --reuse             ours are kept there too, and taken from there while no file of src changes

The spread is the standard deviation over the pictures; the range goes from the lowest to the highest.
`;

const AVIF = 'avif-444-e4';

function readArguments() {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      only: { type: 'string' },
      codec: { type: 'string', default: 'lowrank' },
      qualities: { type: 'string', default: '50,75,90' },
      avif: { type: 'string', default: '30,40,50,60,70,80,90' },
      jobs: { type: 'string', default: '1' },
      cache: { type: 'string', default: DEFAULT_CACHE },
      reuse: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  const numbers = (text: string): number[] => (text === 'none' ? [] : text.split(',').map(Number));
  return {
    files: listPictures(values.images, values.only?.split(',')).map(name => path.join(values.images!, name)),
    wanted: [
      { codec: values.codec, settings: numbers(values.qualities) },
      { codec: AVIF, settings: numbers(values.avif) },
    ],
    jobs: Number(values.jobs),
    cache: values.cache,
    reuse: values.reuse,
  };
}

interface Spread {
  mean: number;
  deviation: number;
  lowest: number;
  highest: number;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return {
    mean,
    deviation: Math.sqrt(variance),
    lowest: Math.min(...values),
    highest: Math.max(...values),
  };
}

/** A line of the table: one codec at one quality over all pictures. */
function line(codec: string, quality: number, rows: readonly Row[]): string {
  const scores = spreadOf(rows.map(row => row.s2!));
  const sizes = spreadOf(rows.map(({ bpp }) => bpp));
  const decibels = spreadOf(rows.map(row => row.psnr_rgb));
  const range = ({ lowest, highest }: Spread, digits: number): string =>
    `${lowest.toFixed(digits)} to ${highest.toFixed(digits)}`;
  return `| ${[
    codec,
    quality,
    scores.mean.toFixed(1),
    scores.deviation.toFixed(1),
    range(scores, 1),
    sizes.mean.toFixed(2),
    range(sizes, 2),
    decibels.mean.toFixed(1),
    range(decibels, 1),
    rows.length,
  ].join(' | ')} |`;
}

async function main(): Promise<void> {
  const { files, wanted, jobs, cache, reuse } = readArguments();
  const rows: Row[] = [];
  let failed = 0;
  const list = files.flatMap(file =>
    wanted.map(
      ({ codec, settings }): Job => ({
        file,
        codec,
        settings,
        figures: ['psnr_rgb', 's2'],
        ...((!isOurs(codec) || reuse) && { cache }),
      }),
    ),
  );
  await runJobs(
    list,
    jobs,
    fresh => rows.push(...fresh),
    message => {
      failed++;
      console.error(`failed: ${message}`);
    },
  );
  console.log(
    '| codec | quality | SSIMULACRA 2 | spread | range | bits a pixel | range | PSNR, dB | range | pictures |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const { codec, settings } of wanted)
    for (const quality of settings) {
      const of = rows.filter(row => row.codec === codec && row.setting === quality && row.s2 !== undefined);
      if (of.length > 0) console.log(line(codec, quality, of));
    }
  if (failed > 0) process.exitCode = 1;
}

await main();
