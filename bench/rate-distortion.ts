import path from 'node:path';
import { parseArgs } from 'node:util';
import { codecNamed, isOurs, pickLadder } from './rd/codecs.js';
import type { Job } from './rd/measure.js';
import { hasJpegXl, USUAL_PEERS } from './rd/peers.js';
import { listPictures } from './rd/pictures.js';
import { runJobs } from './rd/pool.js';
import { mergeRows, type Row, readRows, writeRows } from './rd/rows.js';
import { compare, comparisonTable } from './rd/table.js';

const HELP = `Rate-distortion points of lowrank and its peers over the PNG files of a folder, and the BD-rate between them.

  npm run bench:rd -- --images DIR [options]

  --images DIR        folder of PNG files
  --match REGEX       only the files whose names match
  --codecs a,b        default: lowrank,${USUAL_PEERS.join(',')}
                      the first is compared with each of the others; variants of ours are named
                      lowrank[-channel][-dct|-svd][-e1..9]
  --basis dct|svd     short for the variant of that name
  --effort n          likewise
  --points n          settings for each codec, spread over its ladder (default: all; lowrank stops
                      at the first above 2.5 bits a pixel)
  --settings a,b      settings for lowrank in place of its ladder (qualities)
  --range lo,hi       bits a pixel of the anchor; may be repeated (default 0.25,1.5 and 0.1,0.5)
  --anchors FILE      rows of peers measured before; may be repeated
  --out FILE          JSON rows (default bench/results/<folder>.json); its rows of peers are reused
  --ssim              MS-SSIM of luma too
  --threads n         child processes (default 1)
`;

/** What the command line asks for. */
function readArguments() {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      match: { type: 'string', default: '.' },
      codecs: { type: 'string' },
      basis: { type: 'string' },
      effort: { type: 'string' },
      points: { type: 'string', default: '0' },
      settings: { type: 'string' },
      range: { type: 'string', multiple: true, default: ['0.25,1.5', '0.1,0.5'] },
      anchors: { type: 'string', multiple: true, default: [] },
      out: { type: 'string' },
      ssim: { type: 'boolean', default: false },
      threads: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  const variant = [
    'lowrank',
    ...(values.basis && values.basis !== 'auto' ? [values.basis] : []),
    ...(values.effort ? [`e${values.effort}`] : []),
  ].join('-');
  const codecs = (values.codecs ?? ['lowrank', ...USUAL_PEERS].join(','))
    .split(',')
    .map(name => (name === 'lowrank' ? variant : name));
  return {
    images: values.images,
    match: new RegExp(values.match),
    codecs,
    points: Number(values.points),
    settings: values.settings?.split(',').map(Number),
    ranges: values.range.map(readRange),
    anchors: values.anchors,
    out: values.out ?? path.join('bench/results', `${path.basename(path.resolve(values.images))}.json`),
    ssim: values.ssim,
    threads: Number(values.threads),
  };
}

function readRange(text: string): [number, number] {
  const [lo, hi, ...rest] = text.split(',').map(Number);
  if (rest.length > 0 || !(lo! < hi!)) throw new Error(`--range ${text}: expected lo,hi`);
  return [lo!, hi!];
}

type Options = ReturnType<typeof readArguments>;

/** What is to be encoded: all of ours, and of the peers what no earlier row has. */
function listJobs(options: Options, known: Row[]): Job[] {
  const canJxl = !options.codecs.includes('jxl-e7') || hasJpegXl();
  if (!canJxl) console.error('cjxl and djxl are not installed: no new rows of jxl-e7');
  const have = new Set(
    known
      .filter(row => !options.ssim || row.msssim_y !== undefined)
      .map(row => `${row.image} ${row.codec} ${row.setting}`),
  );
  return listPictures(options.images, options.match).flatMap(name =>
    options.codecs
      .filter(codec => codec !== 'jxl-e7' || canJxl)
      .map(codec => {
        const ours = isOurs(codec);
        const { ladder, enough } = codecNamed(codec);
        const wanted = (ours && options.settings) || pickLadder(ladder, options.points);
        const image = name.replace(/\.png$/i, '');
        return {
          file: path.join(options.images, name),
          codec,
          settings: wanted.filter(setting => ours || !have.has(`${image} ${codec} ${setting}`)),
          ...(enough !== undefined && !options.settings && { enough }),
          ssim: options.ssim,
        };
      })
      .filter(({ settings }) => settings.length > 0),
  );
}

/** Prints the tables of the first codec against the others, in each range. */
function printTables(options: Options, rows: Row[]): void {
  const [test, ...anchors] = options.codecs as [string, ...string[]];
  for (const metric of options.ssim ? (['psnr_rgb', 'msssim_y'] as const) : (['psnr_rgb'] as const))
    for (const range of options.ranges) {
      const comparisons = anchors
        .map(anchor => compare(rows, test, anchor, range, metric))
        .filter(comparison => comparison !== undefined);
      if (comparisons.length > 0) console.log(`${comparisonTable(test, range, metric, comparisons)}\n`);
    }
}

async function main(): Promise<void> {
  const options = readArguments();
  const before = mergeRows(...options.anchors.map(readRows), readRows(options.out));
  const jobs = listJobs(options, before);
  // Old rows of what is measured anew go: a shorter ladder must not leave points of another encoder behind.
  const renewed = new Set(
    jobs.filter(job => isOurs(job.codec)).map(({ file, codec }) => `${path.basename(file)} ${codec}`),
  );
  let rows = before.filter(row => !renewed.has(`${row.image}.png ${row.codec}`));
  writeRows(options.out, rows);
  let done = 0;
  let failed = 0;
  await runJobs(
    jobs,
    options.threads,
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
  const names = new Set(listPictures(options.images, options.match).map(name => name.replace(/\.png$/i, '')));
  printTables(
    options,
    rows.filter(row => names.has(row.image)),
  );
  if (failed > 0) process.exitCode = 1;
}

await main();
