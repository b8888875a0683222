import path from 'node:path';
import { parseArgs } from 'node:util';
import { atEqualBytes } from './rd/at-equal-bytes.js';
import { hasButteraugli } from './rd/butteraugli.js';
import { DEFAULT_CACHE } from './rd/cache.js';
import { codecNamed, isOurs, pickLadder } from './rd/codecs.js';
import { compare, type Range } from './rd/compare.js';
import type { Figure } from './rd/figures.js';
import { NAMES, TUNES } from './rd/lowrank.js';
import type { Job } from './rd/measure.js';
import { METRICS, type Metric } from './rd/metrics.js';
import { hasJpegXl, USUAL_PEERS } from './rd/peers.js';
import { listPictures } from './rd/pictures.js';
import { runJobs } from './rd/pool.js';
import { mergeRows, type Row, readRows, writeRows } from './rd/rows.js';
import { comparisonTable, equalBytesTable } from './rd/tables.js';

/** No setting is tried above the first whose file is better than this. */
const ENOUGH = { bpp: 1.6, s2: 91 } as const;

const HELP = `Rate-distortion points of lowrank and its peers over the PNG files of a folder, and the BD-rates between them
by SSIMULACRA 2, PSNR and MS-SSIM.

  npm run bench:rd -- --images DIR [options]

  --images DIR        folder of PNG files
  --only a,b          only these pictures, by name without .png
  --codecs a,b        default: ${[...TUNES, ...USUAL_PEERS].join(',')}
                      each of ours is compared with each of the others; variants of ours are named
                      ${NAMES}
  --points n          settings for each of ours, spread over its ladder (default: all up to the
                      first file above ${ENOUGH.bpp} bits a pixel and SSIMULACRA 2 of ${ENOUGH.s2})
  --settings a,b      settings for ours in place of its ladder (qualities)
  --range lo,hi       bits a pixel of the anchor; may be repeated (default 0.25,1.5 and 0.1,0.5)
  --scores lo,hi      SSIMULACRA 2 that is compared (default 50,90)
  --butteraugli       that distance too (libjxl's butteraugli_main), and all means at equal bytes
  --at a,b            bits a pixel of those means (default 0.25,0.5,0.75,1,1.5)
  --before FILE       rows of ours from an earlier --out: compared with as lowrank-...-before
  --per-picture       the BD-rate of each picture too
  --jobs n            processes (default 1)
  --out FILE          JSON rows (default bench/results/<folder>.json)
  --cache DIR         coded pictures of the peers, which are coded once only
                      (default ${DEFAULT_CACHE})
  --reuse             ours are kept there too, and taken from there while no file of src changes
`;

/** Options of the command line. */
function readArguments() {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      only: { type: 'string' },
      codecs: { type: 'string', default: [...TUNES, ...USUAL_PEERS].join(',') },
      points: { type: 'string', default: '0' },
      settings: { type: 'string' },
      range: { type: 'string', multiple: true, default: ['0.25,1.5', '0.1,0.5'] },
      scores: { type: 'string', default: '50,90' },
      butteraugli: { type: 'boolean', default: false },
      at: { type: 'string' },
      before: { type: 'string' },
      'per-picture': { type: 'boolean', default: false },
      jobs: { type: 'string', default: '1' },
      out: { type: 'string' },
      cache: { type: 'string', default: DEFAULT_CACHE },
      reuse: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  const codecs = values.codecs.split(',');
  for (const codec of codecs) codecNamed(codec);
  const at = values.at ?? (values.butteraugli ? '0.25,0.5,0.75,1,1.5' : undefined);
  const figures: Figure[] = ['psnr_rgb', 's2', 'msssim_y'];
  if (values.butteraugli && !hasButteraugli()) throw new Error('butteraugli_main is not installed');
  return {
    images: values.images,
    only: values.only?.split(','),
    codecs,
    points: Number(values.points),
    settings: values.settings?.split(',').map(Number),
    ranges: values.range.map(readRange),
    scores: readRange(values.scores),
    figures: values.butteraugli ? [...figures, 'butteraugli' as const] : figures,
    at: at?.split(',').map(Number),
    before: values.before,
    perPicture: values['per-picture'],
    jobs: Number(values.jobs),
    out: values.out ?? path.join('bench/results', `${path.basename(path.resolve(values.images))}.json`),
    cache: values.cache,
    reuse: values.reuse,
  };
}

function readRange(text: string): Range {
  const [lo, hi, ...rest] = text.split(',').map(Number);
  if (rest.length > 0 || !(lo! < hi!)) throw new Error(`${text}: expected lo,hi`);
  return [lo!, hi!];
}

type Options = ReturnType<typeof readArguments>;

/** Every picture through every codec, picture by picture, so that each is read once. */
function listJobs({ images, only, codecs, points, settings, figures, cache, reuse }: Options): Job[] {
  const canJxl = !codecs.includes('jxl-e7') || hasJpegXl();
  if (!canJxl) console.error('cjxl and djxl are not installed: no rows of jxl-e7');
  return listPictures(images, only).flatMap(name =>
    codecs
      .filter(codec => codec !== 'jxl-e7' || canJxl)
      .map(codec => {
        const ours = isOurs(codec);
        return {
          file: path.join(images, name),
          codec,
          settings: (ours && settings) || pickLadder(codecNamed(codec).ladder, ours ? points : 0),
          ...(!(ours && settings) && { enough: ENOUGH }),
          figures,
          ...((!ours || reuse) && { cache }),
        };
      }),
  );
}

/** Rows of ours from an earlier run, under names of their own. */
const readBefore = (file: string): Row[] =>
  readRows(file)
    .filter(({ codec }) => isOurs(codec))
    .map(row => ({ ...row, codec: `${row.codec}-before` }));

function printTables({ codecs, ranges, scores, at, figures, perPicture }: Options, rows: Row[]): void {
  const tests = codecs.filter(isOurs);
  const anchors = [...codecs.filter(codec => !isOurs(codec)), ...tests.map(test => `${test}-before`)];
  // Without other codecs the first of ours is compared with the others of ours.
  const pairs = anchors.some(anchor => rows.some(({ codec }) => codec === anchor))
    ? tests.flatMap(test => anchors.map(anchor => ({ test, anchor })))
    : tests.slice(1).map(anchor => ({ test: tests[0]!, anchor }));
  const rangesOf = ({ within }: Metric): readonly Range[] => (within === 'scores' ? [scores] : ranges);
  for (const metric of METRICS.filter(({ figure }) => figures.includes(figure))) {
    for (const range of rangesOf(metric)) {
      const comparisons = pairs
        .map(({ test, anchor }) => compare(rows, test, anchor, metric, range))
        .filter(comparison => comparison !== undefined);
      if (comparisons.length > 0) console.log(`${comparisonTable(metric, range, comparisons, perPicture)}\n`);
    }
    if (at) console.log(`${equalBytesTable(metric, codecs, atEqualBytes(rows, codecs, metric, at))}\n`);
  }
}

async function main(): Promise<void> {
  const options = readArguments();
  const jobs = listJobs(options);
  let rows: Row[] = [];
  let done = 0;
  let failed = 0;
  await runJobs(
    jobs,
    options.jobs,
    (fresh, { file, codec }) => {
      rows = mergeRows(rows, fresh);
      writeRows(options.out, rows);
      console.error(`${++done}/${jobs.length} ${path.basename(file)} ${codec}`);
    },
    message => {
      failed++;
      console.error(`failed: ${message}`);
    },
  );
  printTables(options, options.before === undefined ? rows : [...rows, ...readBefore(options.before)]);
  if (failed > 0) process.exitCode = 1;
}

await main();
