import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { psnr, type Raster, separate } from '../src/index.js';
import { readClip } from '../src/io/read/read-clip.js';
import { OnlineSeparator, WARM_UP } from '../src/separation/online.js';
import { METHODS } from '../src/separation/options.js';
import { TEXTBOOK, textbook } from './sequences/textbook.js';
import { readTruth, score, type Truth } from './sequences/truth.js';

const HELP = `Backgrounds and masks of clips, by all methods side by side.

  npm run bench:sequences -- --sequences DIR [options]

  --sequences DIR   a folder of folders with frames f001.png, f002.png, ...; masks of some of them (white is foreground)
                    in gt_f001.png, ..., and the clean background in background.png, where they are known
  --clips REGEX     only the folders whose names match
  --methods REGEX   only the rows whose names match
  --rank k          of the background (default 1)
  --long n          in place of the table: n frames through method online, the clip over and over; frames a second of
                    processor time, and memory
`;

const { values } = parseArgs({
  options: {
    sequences: { type: 'string' },
    clips: { type: 'string', default: '' },
    methods: { type: 'string', default: '' },
    rank: { type: 'string', default: '1' },
    long: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help || !values.sequences) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

const rank = Number(values.rank);
const root = values.sequences;
const clips = readdirSync(root, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && new RegExp(values.clips).test(entry.name))
  .map(entry => entry.name);
if (!values.long) {
  console.log('| clip | method | F | precision | recall | background, dB | masked, % | ms a frame |');
  console.log('|---|---|---:|---:|---:|---:|---:|---:|');
}
for (const clip of clips) {
  const frames: Raster[] = [];
  for await (const frame of (await readClip(join(root, clip, 'f*.png'))).frames()) frames.push(frame);
  if (values.long) long(clip, frames, Number(values.long));
  else table(clip, frames, await readTruth(join(root, clip), frames.length));
}

function table(clip: string, frames: Raster[], truth: Truth): void {
  const isWanted = (name: string): boolean => new RegExp(values.methods).test(name);
  const timed = <T>(name: string, run: () => T, show: (result: T) => (string | number)[]): void => {
    const started = process.cpuUsage();
    const result = run();
    const { user, system } = process.cpuUsage(started);
    const cells = show(result).map(cell => (typeof cell === 'number' ? cell.toFixed(3) : cell));
    console.log(
      `| ${[clip, name, ...cells, ((user + system) / 1000 / frames.length).toFixed(1)].join(' | ')} |`,
    );
  };
  const figures = (found: ReturnType<typeof score>, background: Raster): (string | number)[] => [
    ...(found ? [found.f, found.precision, found.recall] : ['', '', '']),
    truth.background ? psnr(background, truth.background).psnr.toFixed(1) : '',
  ];
  if (truth.masks.size > 0)
    for (const name of Object.keys(TEXTBOOK) as (keyof typeof TEXTBOOK)[])
      if (isWanted(name))
        timed(
          `${name}, best threshold`,
          () => textbook(name, frames, truth),
          ({ background, score: found }) => [...figures(found, background), ''],
        );
  for (const method of METHODS)
    if (isWanted(`lowrank ${method}`))
      timed(
        `lowrank ${method}`,
        () => separate(frames, { method, rank }),
        ({ background, frames: found }) => {
          const masked = found.reduce(
            (sum, { mask }) => sum + mask.reduce((a, b) => a + b, 0) / mask.length,
            0,
          );
          const scored = score(truth, (t, p) => found[t]!.mask[p] === 1);
          return [...figures(scored, background), ((100 * masked) / frames.length).toFixed(1)];
        },
      );
}

function long(clip: string, frames: Raster[], count: number): void {
  const separator = new OnlineSeparator(rank);
  const at = (t: number): Raster => frames[t % frames.length]!;
  const memory: string[] = [];
  for (let t = 0; t < WARM_UP; t++) separator.push(at(t));
  const started = process.cpuUsage();
  for (let t = WARM_UP; t < count; t++) {
    separator.push(at(t));
    if ((t + 1) % Math.ceil(count / 4) === 0 || t === count - 1)
      memory.push(`${Math.round(process.memoryUsage().rss / 1e6)} MB after ${t + 1}`);
  }
  const { user, system } = process.cpuUsage(started);
  const { width, height } = frames[0]!;
  const rate = ((count - WARM_UP) * 1e6) / (user + system);
  console.log(
    `${clip}, ${width} x ${height}: ${rate.toFixed(1)} frames/s of processor time; ${memory.join(', ')}`,
  );
}
