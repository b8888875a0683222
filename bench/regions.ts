import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decode, encode, inspect, type Raster, rangesOf } from '../src/index.js';
import { dissect } from '../src/spectra/dissect.js';
import type { BlockDissection } from '../src/spectra/dissection.js';
import { listPictures, loadRgb } from './rd/pictures.js';
import { repeat } from './regions/repeat.js';

const HELP = `What a region of a large picture costs beside the whole of it, time and bytes.

  npm run bench:regions -- --images DIR [options]

  --images DIR   folder of PNG files, which are laid side by side
  --side n       pixels a side of the picture that is encoded, a multiple of 1,024 (default: 2048)
  --times n      so often its levels are written side by side and below each other (default: 5)
  --quality q    (default: 75)
`;

/** Pixels a side of a region, and how many are decoded. */
const REGION = 512;
const PLACES = 15;

const { values } = parseArgs({
  options: {
    images: { type: 'string' },
    side: { type: 'string', default: '2048' },
    times: { type: 'string', default: '5' },
    quality: { type: 'string', default: '75' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || !values.images) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

/** The pictures side by side, repeated, row after row as high as the first. */
async function mosaic(paths: string[], side: number): Promise<Raster> {
  const data = new Uint8Array(side * side * 3);
  let [x, y, n, high] = [0, 0, 0, 0];
  while (y < side) {
    const { width, height, data: from } = await loadRgb(paths[n++ % paths.length]!);
    if (!high) high = height;
    const across = Math.min(width, side - x);
    for (let row = 0; row < Math.min(height, high, side - y); row++)
      data.set(from.subarray(row * width * 3, (row * width + across) * 3), ((y + row) * side + x) * 3);
    x += across;
    if (x < side) continue;
    [x, y] = [0, y + high];
  }
  return { width: side, height: side, channels: 3, bitDepth: 8, data };
}

/** Milliseconds of processor time. */
function timed(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;

const small = await mosaic(
  listPictures(values.images).map(name => join(values.images!, name)),
  Number(values.side),
);
const encoded = encode(small, { quality: Number(values.quality), effort: 1, basis: 'dct', partSize: 1024 });
const bytes = repeat(dissect(encoded) as BlockDissection, Number(values.times));
const side = small.width * Number(values.times);
const { parts } = inspect(bytes);
const most = side - REGION;
const regions = Array.from({ length: PLACES }, (_, n) => ({
  x: (n * 7919 * 64) % most,
  y: (n * 6151 * 64) % most,
  width: REGION,
  height: REGION,
}));
const shares = regions.map(region => {
  const read = rangesOf(bytes, { region }).reduce((sum, { from, to }) => sum + to - from, 0);
  return (100 * read) / bytes.length;
});
// The first decodes warm the engine up.
decode(bytes, { region: regions[0]! });
const whole = timed(() => decode(bytes));
const times = regions.map(region => (100 * timed(() => decode(bytes, { region }))) / whole);
console.log(
  `${(side * side) / 1e6} MP, ${bytes.length} bytes, ${parts} parts; the whole: ${whole.toFixed(0)} ms\n` +
    `a region of ${REGION} x ${REGION}: ${median(times).toFixed(1)} % of the time (most ${Math.max(...times).toFixed(1)}), ` +
    `${median(shares).toFixed(1)} % of the bytes (most ${Math.max(...shares).toFixed(1)})`,
);
