import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listPictures, loadRgb, psnrRgb, type Rgb, spread } from './rd/pictures.js';
import { took } from './speed/clock.js';
import { type Contestant, contestants } from './speed/contestants.js';
import { beFresh, inFreshProcess } from './speed/fresh.js';
import { nearest } from './speed/nearest.js';
import { type Result, report } from './speed/report.js';

const HELP = `Speed of encoding and decoding near one size, on one thread: codecs in turn, processor and wall time, warm and in fresh processes.

  npm run bench:speed -- --images DIR [options]

  --images DIR      folder of PNG files
  --match REGEX     only the files whose names match
  --pictures n      at most so many of them, spread over the list (default 3)
  --bpp x           size that each codec's quality is chosen for (default 1)
  --effort a,b      lowrank at these efforts too: 1, 9
  --codecs REGEX    only the codecs whose names match (lowrank is always there)
  --rounds n        how often each codec has its turn on each picture (default 5)
  --no-fresh        warm alone
  -o FILE           default: bench/speed.md
`;

/** A round trip below this many dB counts as failed. */
const LEAST_PSNR = 20;

interface Settings {
  bpp: number;
  rounds: number;
  fresh: boolean;
  folder: string;
}

/** Chooses the quality, warms up, and checks the decoded picture. */
async function prepare(codec: Contestant, picture: Rgb, bpp: number): Promise<Result & { file: Uint8Array }> {
  const { quality, file } = await nearest(codec, picture, bpp);
  const psnr = psnrRgb(picture.data, await codec.toRgb(file, picture));
  if (!(psnr >= LEAST_PSNR)) throw new Error(`${codec.name}, ${picture.name}: round trip of ${psnr} dB`);
  const size = (8 * file.length) / (picture.width * picture.height);
  return { quality, file, bpp: size, psnr, encode: [], decode: [], freshEncode: [], freshDecode: [] };
}

async function measure(codecs: Contestant[], pictures: Rgb[], settings: Settings): Promise<Result[][]> {
  const results: (Result & { file: Uint8Array })[][] = [];
  for (const codec of codecs) {
    results.push([]);
    for (const picture of pictures) results.at(-1)!.push(await prepare(codec, picture, settings.bpp));
    console.error(`${codec.name}: qualities ${results.at(-1)!.map(({ quality }) => quality)}`);
  }
  const script = fileURLToPath(import.meta.url);
  for (let round = 1; round <= settings.rounds; round++) {
    for (const [p, picture] of pictures.entries())
      for (const [c, codec] of codecs.entries()) {
        const result = results[c]![p]!;
        result.encode.push(await took(() => codec.encode(picture, result.quality)));
        result.decode.push(await took(() => codec.decode(result.file)));
        if (!settings.fresh) continue;
        const file = path.join(settings.folder, `${picture.name}.png`);
        const fresh = await inFreshProcess(script, codec.name, file, result.quality);
        result.freshEncode.push(fresh.encode[0]);
        result.freshDecode.push(fresh.decode[0]);
      }
    console.error(`round ${round} of ${settings.rounds}`);
  }
  return results;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      images: { type: 'string' },
      match: { type: 'string', default: '.' },
      pictures: { type: 'string', default: '3' },
      bpp: { type: 'string', default: '1' },
      effort: { type: 'string' },
      codecs: { type: 'string', default: '.' },
      rounds: { type: 'string', default: '5' },
      fresh: { type: 'boolean', default: true },
      output: { type: 'string', short: 'o', default: 'bench/speed.md' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.images) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const files = listPictures(values.images, new RegExp(values.match));
  const chosen = spread(files, Number(values.pictures));
  const pictures = await Promise.all(chosen.map(file => loadRgb(path.join(values.images!, file))));
  const wanted = new RegExp(values.codecs);
  const codecs = (await contestants(values.effort?.split(',').map(Number) ?? [])).filter(
    ({ name }) => name === 'lowrank' || name.startsWith('lowrank effort') || wanted.test(name),
  );
  const rounds = Number(values.rounds);
  const settings = { bpp: Number(values.bpp), rounds, fresh: values.fresh, folder: values.images };
  const results = await measure(codecs, pictures, settings);
  const text = report(
    codecs.map(({ name }) => name),
    pictures,
    results,
    rounds,
  );
  writeFileSync(values.output, text);
  console.log(text);
}

const [mode, codec, file, quality] = process.argv.slice(2);
if (mode === '--fresh') await beFresh(codec!, file!, Number(quality));
else await main();
