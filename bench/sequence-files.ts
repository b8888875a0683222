import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { Raster } from '../src/core/raster.js';
import { decode, decodeSequence, encode, encodeSequence } from '../src/index.js';
import { encodeImage, readClip } from '../src/io/index.js';
import { bdRate } from '../src/metrics/bd-rate.js';

// Bytes of whole clips at equal PSNR: our sequences against each frame as an .lrk of its own, animated WebP, and an AVIF sequence where avifenc and
// avifdec are installed. Rows found in --out are not measured again, those of sequences excepted.

interface Row {
  clip: string;
  frames: number;
  codec: string;
  setting: number;
  bytes: number;
  psnr: number;
}

const { values } = parseArgs({
  options: {
    sequences: { type: 'string' },
    clips: { type: 'string', default: 'highway,traffic,escalator,watersurface' },
    codecs: { type: 'string', default: 'sequence,single,webp,avif' },
    frames: { type: 'string', default: '1000' },
    out: { type: 'string', default: 'bench/results/sequence-files.json' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help || !values.sequences) {
  console.log(
    'npx tsx bench/sequence-files.ts --sequences DIR [--clips a,b] [--codecs sequence,single,webp,avif] [--frames n] [--out rows.json]\n' +
      'DIR holds a folder for each clip, with its frames as f*.png.',
  );
  process.exit(values.help ? 0 : 2);
}

/** The result of a codec: how many bytes, and the decoded frames. */
type Codec = {
  ladder: number[];
  run(frames: Raster[], setting: number): Promise<{ bytes: number; decoded: Uint8Array[] }>;
};

const MILLISECONDS = 40;

const rgbOf = async ({ width, height, channels, data }: Raster): Promise<Uint8Array> =>
  channels === 3
    ? (data as Uint8Array)
    : sharp(data, { raw: { width, height, channels } }).toColourspace('srgb').removeAlpha().raw().toBuffer();

const CODECS: Record<string, Codec> = {
  sequence: {
    ladder: [40, 58, 75, 84, 92],
    async run(frames, quality) {
      const file = await encodeSequence(
        { durations: frames.map(() => MILLISECONDS), frames: () => frames },
        { quality },
      );
      const decoded = [...decodeSequence(file, { channels: 'file' })];
      return { bytes: file.length, decoded: await Promise.all(decoded.map(rgbOf)) };
    },
  },
  single: {
    ladder: [45, 65, 78, 86, 93],
    async run(frames, quality) {
      const files = frames.map(frame => encode(frame, { quality }));
      const decoded = files.map(file => decode(file, { channels: 'file' }));
      return {
        bytes: files.reduce((sum, file) => sum + file.length, 0),
        decoded: await Promise.all(decoded.map(rgbOf)),
      };
    },
  },
  webp: {
    ladder: [5, 30, 65, 85, 94],
    async run(frames, quality) {
      const [{ width, height }] = frames as [Raster];
      const all = Buffer.concat(await Promise.all(frames.map(rgbOf)));
      const raw = { width, height: height * frames.length, channels: 3 as const, pageHeight: height };
      const file = await sharp(all, { raw })
        .webp({ quality, effort: 6, loop: 0, delay: frames.map(() => MILLISECONDS) })
        .toBuffer();
      const { delay = [] } = await sharp(file, { animated: true }).metadata();
      const back = await sharp(file, { animated: true }).removeAlpha().toColourspace('srgb').raw().toBuffer();
      // Equal consecutive frames are merged into one that lasts longer.
      const size = width * height * 3;
      const decoded = delay.flatMap((shown, i) =>
        new Array<Uint8Array>(Math.round(shown / MILLISECONDS)).fill(back.subarray(i * size, (i + 1) * size)),
      );
      return { bytes: file.length, decoded };
    },
  },
  avif: {
    ladder: [52, 42, 32, 22, 12],
    async run(frames, level) {
      const folder = mkdtempSync(join(tmpdir(), 'lowrank-bench-'));
      try {
        const names: string[] = [];
        for (const [i, frame] of frames.entries()) {
          names.push(join(folder, `${i}.png`));
          writeFileSync(names[i]!, (await encodeImage(frame)).bytes);
        }
        const file = join(folder, 'clip.avif');
        const settings = [
          '--min',
          '0',
          '--max',
          '63',
          '-a',
          'end-usage=q',
          '-a',
          `cq-level=${level}`,
          '-a',
          'tune=psnr',
        ];
        execFileSync('avifenc', ['-s', '6', '-j', '1', ...settings, '--fps', '25', ...names, file], {
          stdio: 'pipe',
        });
        const decoded: Uint8Array[] = [];
        for (const name of names) {
          execFileSync('avifdec', ['--index', String(decoded.length), file, name], { stdio: 'pipe' });
          decoded.push(await sharp(name).removeAlpha().toColourspace('srgb').raw().toBuffer());
        }
        return { bytes: readFileSync(file).length, decoded };
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  },
};

function psnrOf(originals: Uint8Array[], decoded: Uint8Array[]): number {
  if (originals.length !== decoded.length)
    throw new Error(`${decoded.length} of ${originals.length} frames came back`);
  let sum = 0;
  let count = 0;
  originals.forEach((data, t) => {
    for (let i = 0; i < data.length; i++) sum += (data[i]! - decoded[t]![i]!) ** 2;
    count += data.length;
  });
  return 10 * Math.log10((255 * 255 * count) / sum);
}

const rows: Row[] = existsSync(values.out) ? JSON.parse(readFileSync(values.out, 'utf8')) : [];
const clips = values.clips.split(',');
const codecs = values.codecs.split(',');
for (const clip of clips) {
  const folder = join(values.sequences, clip);
  const files = readdirSync(folder)
    .filter(file => /^f\d+\.png$/.test(file))
    .sort()
    .slice(0, Number(values.frames));
  const frames: Raster[] = [];
  for await (const frame of (await readClip(files.map(file => join(folder, file)))).frames())
    frames.push(frame);
  const originals = await Promise.all(frames.map(rgbOf));
  for (const codec of codecs)
    for (const setting of CODECS[codec]!.ladder) {
      const same = (row: Row): boolean =>
        row.clip === clip && row.frames === frames.length && row.codec === codec && row.setting === setting;
      const at = rows.findIndex(same);
      if (at >= 0 && codec !== 'sequence') continue;
      const { bytes, decoded } = await CODECS[codec]!.run(frames, setting);
      const row = { clip, frames: frames.length, codec, setting, bytes, psnr: psnrOf(originals, decoded) };
      rows.splice(at < 0 ? rows.length : at, 1, row);
      mkdirSync(dirname(values.out), { recursive: true });
      writeFileSync(values.out, `[\n${rows.map(of => JSON.stringify(of)).join(',\n')}\n]\n`);
      console.log(`${clip}  ${codec.padEnd(8)}  ${setting}  ${bytes} bytes  ${row.psnr.toFixed(2)} dB`);
    }
}

const curve = (clip: string, codec: string) =>
  rows
    .filter(row => row.clip === clip && row.codec === codec)
    .map(({ bytes, psnr }) => ({ bpp: bytes, metric: psnr }));
const others = [...new Set(rows.map(row => row.codec))].filter(codec => codec !== 'sequence');
console.log(
  `\nBytes of a sequence at equal PSNR, BD-rate\n\n| clip | frames | dB | ${others.map(of => `against ${of}`).join(' | ')} |`,
);
console.log(`|---|---:|---|${others.map(() => '---:|').join('')}`);
for (const clip of new Set(rows.map(row => row.clip))) {
  const ours = rows.filter(row => row.clip === clip && row.codec === 'sequence');
  if (!ours.length) continue;
  const psnrs = ours.map(row => row.psnr);
  const cells = others.map(codec => {
    const rate = bdRate(curve(clip, 'sequence'), curve(clip, codec));
    return rate === undefined ? '' : `${rate > 0 ? '+' : ''}${rate.toFixed(1)} %`;
  });
  const range = `${Math.min(...psnrs).toFixed(1)} to ${Math.max(...psnrs).toFixed(1)}`;
  console.log(`| ${clip} | ${ours[0]!.frames} | ${range} | ${cells.join(' | ')} |`);
}
