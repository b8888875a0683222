import { arch, cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Bench } from 'tinybench';
import { listPictures, loadRgb, psnrRgb, type Rgb } from './rd/pictures.js';
import { type Contestant, contestants } from './speed/contestants.js';

const HELP = `Speed of encoding and decoding near one size, on one thread, in one process.

  npm run bench:speed -- --images DIR [options]

  --images DIR      folder of PNG files
  --match REGEX     only the files whose names match
  --pictures n      at most so many of them, spread over the list (default 3)
  --bpp x           size that each codec's quality is chosen for (default 1)
  --effort a,b      lowrank at these efforts too
  --codecs REGEX    only the codecs whose names match (lowrank is always there)
  --time ms         least time for each measurement (default 600)
  --cpu             processor time of all threads in place of wall time: for a machine that is not idle
`;

/** How long to measure, and by what clock, both in milliseconds. */
interface Clock {
  time: number;
  now: () => number;
}

/** Processor time that this process has used, milliseconds. */
function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A round trip under this many dB is not one. */
const LEAST_PSNR = 20;

/** One codec on one picture. */
interface Result {
  quality: number;
  bpp: number;
  psnr: number;
  /** Median milliseconds of one call. */
  encodeMs: number;
  decodeMs: number;
}

/** The whole quality from 1 to 99 whose file is nearest to `bpp` (by ratio), found by bisection, and that file. */
async function nearest(
  codec: Contestant,
  picture: Rgb,
  bpp: number,
): Promise<{ quality: number; file: Uint8Array }> {
  const target = (bpp * picture.width * picture.height) / 8;
  let [lo, hi] = [1, 99];
  let best: { quality: number; file: Uint8Array; off: number } | undefined;
  while (lo <= hi) {
    const quality = (lo + hi) >> 1;
    const file = await codec.encode(picture, quality);
    const off = Math.abs(Math.log(file.length / target));
    if (!best || off < best.off) best = { quality, file, off };
    if (file.length < target) lo = quality + 1;
    else hi = quality - 1;
  }
  return best!;
}

/** Median milliseconds of a call, after a warm-up as long as the measurement: engines compile hot code late. */
async function medianMs(work: () => unknown, { time, now }: Clock): Promise<number> {
  const bench = new Bench({ now, time, iterations: 5, warmupTime: time, warmupIterations: 3, throws: true });
  bench.add('work', async () => void (await work()));
  await bench.run();
  const { result } = bench.tasks[0]!;
  if (!('latency' in result)) throw new Error(`measurement ${result.state}`);
  return result.latency.p50;
}

async function measure(codec: Contestant, picture: Rgb, bpp: number, clock: Clock): Promise<Result> {
  const { quality, file } = await nearest(codec, picture, bpp);
  const psnr = psnrRgb(picture.data, await codec.toRgb(file, picture));
  if (!(psnr >= LEAST_PSNR)) throw new Error(`${codec.name}, ${picture.name}: round trip of ${psnr} dB`);
  const encodeMs = await medianMs(() => codec.encode(picture, quality), clock);
  const decodeMs = await medianMs(() => codec.decode(file), clock);
  return { quality, bpp: (8 * file.length) / (picture.width * picture.height), psnr, encodeMs, decodeMs };
}

/** Megapixels a second over all pictures: all pixels by all time. */
const speed = (pictures: Rgb[], milliseconds: number[]): number =>
  pictures.reduce((sum, { width, height }) => sum + width * height, 0) /
  milliseconds.reduce((sum, ms) => sum + ms, 0) /
  1000;

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const brief = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function table(names: string[], pictures: Rgb[], results: Result[][]): string {
  const rates = results.map(list => ({
    encode: speed(
      pictures,
      list.map(r => r.encodeMs),
    ),
    decode: speed(
      pictures,
      list.map(r => r.decodeMs),
    ),
  }));
  const [ours] = rates;
  return [
    '| codec | bpp | PSNR, dB | encode, MP/s | lowrank : it | decode, MP/s | lowrank : it |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...results.map((list, i) => {
      const rate = rates[i]!;
      return (
        `| ${names[i]} | ${mean(list.map(r => r.bpp)).toFixed(2)} | ${mean(list.map(r => r.psnr)).toFixed(2)} ` +
        `| ${brief(rate.encode)} | ${brief(ours!.encode / rate.encode)} ` +
        `| ${brief(rate.decode)} | ${brief(ours!.decode / rate.decode)} |`
      );
    }),
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      match: { type: 'string', default: '.' },
      pictures: { type: 'string', default: '3' },
      bpp: { type: 'string', default: '1' },
      effort: { type: 'string' },
      codecs: { type: 'string', default: '.' },
      time: { type: 'string', default: '600' },
      cpu: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const files = listPictures(values.images, new RegExp(values.match));
  const count = Math.min(Number(values.pictures), files.length);
  const chosen = Array.from(
    { length: count },
    (_, i) => files[Math.floor(((i + 0.5) * files.length) / count)]!,
  );
  const pictures = await Promise.all(chosen.map(file => loadRgb(path.join(values.images!, file))));
  const wanted = new RegExp(values.codecs);
  const codecs = (await contestants(values.effort?.split(',').map(Number) ?? [])).filter(
    ({ name }) => name.startsWith('lowrank') || wanted.test(name),
  );
  const clock: Clock = { time: Number(values.time), now: values.cpu ? cpuNow : () => performance.now() };
  const results: Result[][] = [];
  for (const codec of codecs) {
    const list: Result[] = [];
    for (const picture of pictures) {
      list.push(await measure(codec, picture, Number(values.bpp), clock));
      console.error(`${codec.name}, ${picture.name}: quality ${list.at(-1)!.quality}`);
    }
    results.push(list);
  }
  console.log(`${pictures.map(({ name, width, height }) => `${name} ${width} x ${height}`).join(', ')}`);
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${arch()}, one thread, Node ${process.version}, ${values.cpu ? 'processor' : 'wall'} time\n`,
  );
  console.log(
    table(
      codecs.map(({ name }) => name),
      pictures,
      results,
    ),
  );
  console.log('\n"lowrank : it" above 1 means that lowrank is that many times as fast.');
}

await main();
