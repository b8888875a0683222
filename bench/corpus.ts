// What becomes of a folder of test images of another project, such as Pillow's, libvips's or image-rs's: each is read, encoded and decoded again.
//   npx tsx bench/corpus.ts DIR [--quality 75] [--list]
// A file is right (its pixels come back as near as its PSNR says), refused (UNSUPPORTED: what it is), damaged (so says the reader), or skipped. Anything else is wrong.
// Another reader, Pillow, looks at what is right where it can (Debian's python3-pil).
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CodecError, decode, encode, inspect } from '../src/index.js';
import { encodeImage, expandInputs, IoError, readImage } from '../src/io/index.js';
import { psnr } from '../src/metrics/psnr.js';

type Outcome = 'right' | 'refused' | 'damaged' | 'skipped' | 'wrong';

interface Row {
  path: string;
  outcome: Outcome;
  what: string;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quality: { type: 'string', default: '75' }, list: { type: 'boolean', default: false } },
});
const [folder] = positionals;
if (!folder) throw new Error('usage: npx tsx bench/corpus.ts DIR [--quality n] [--list]');

const rows: Row[] = [];
const items = await expandInputs([folder], {
  recursive: true,
  onSkip: (path, reason) => rows.push({ path, outcome: 'skipped', what: reason }),
});
const place = await mkdtemp(join(tmpdir(), 'lowrank-corpus-'));
let peak = 0;
try {
  for (const item of items) {
    rows.push(
      'error' in item
        ? { path: item.path, outcome: 'damaged', what: item.error.reason }
        : await tryOne(item.path),
    );
    peak = Math.max(peak, process.memoryUsage().rss);
  }
} finally {
  await rm(place, { recursive: true, force: true });
}

for (const { path, outcome, what } of rows)
  if (values.list || outcome === 'wrong') console.log(`${outcome.padEnd(8)} ${path}: ${what}`);
for (const outcome of ['right', 'refused', 'damaged', 'skipped', 'wrong'] as const) {
  const own = rows.filter(row => row.outcome === outcome);
  console.log(`${outcome.padEnd(8)} ${String(own.length).padStart(6)}`);
}
console.log(`memory at most ${(peak / 2 ** 20).toFixed(0)} MiB`);
process.exitCode = rows.some(({ outcome }) => outcome === 'wrong') ? 1 : 0;

async function tryOne(path: string): Promise<Row> {
  try {
    const { raster, metadata, notes } = await readImage(path);
    const file = encode(raster, { quality: Number(values.quality), metadata });
    const back = decode(file, { channels: 'file' });
    const stated = inspect(file).psnr;
    const { psnr: reached } = psnr(raster, back);
    const near = reached === stated || Math.abs(reached - stated) < 0.1 || reached > stated;
    const { bytes } = await encodeImage(back, { metadata });
    const other = await seenByPillow(path, bytes);
    const what = [
      `${raster.width} x ${raster.height} x ${raster.channels}, ${reached.toFixed(2)} dB`,
      other,
      ...notes,
    ]
      .filter(Boolean)
      .join('; ');
    return { path, outcome: near && !other.startsWith('Pillow') ? 'right' : 'wrong', what };
  } catch (error) {
    if (error instanceof IoError && error.code === 'UNSUPPORTED')
      return { path, outcome: 'refused', what: error.reason };
    if (error instanceof IoError && error.code === 'DAMAGED')
      return { path, outcome: 'damaged', what: error.reason };
    if (error instanceof CodecError && ['EMPTY', 'LIMIT'].includes(error.code))
      return { path, outcome: 'refused', what: error.message };
    return {
      path,
      outcome: 'wrong',
      what: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
  }
}

/** '' where Pillow sees the same picture or cannot look; else how it differs, beginning with its name. */
async function seenByPillow(path: string, png: Uint8Array): Promise<string> {
  if (!existsSync('/usr/bin/python3')) return '';
  const made = join(place, 'made.png');
  await writeFile(made, png);
  const program = `
import sys
from PIL import Image, ImageChops, ImageOps, ImageStat
try:
    a = Image.open(sys.argv[1]); mode = a.mode
    a = ImageOps.exif_transpose(a)
    if mode not in ('1', 'L', 'LA', 'P', 'PA', 'RGB', 'RGBA'): raise ValueError(mode)
    a = a.convert('RGBA')
except Exception:
    print('unread'); sys.exit()
b = Image.open(sys.argv[2])
if b.mode.startswith('I'): print('unread'); sys.exit()
b = b.convert('RGBA')
if a.size != b.size: print('size', a.size, b.size); sys.exit()
white = Image.new('RGBA', a.size, 'white')
d = ImageStat.Stat(ImageChops.difference(Image.alpha_composite(white, a), Image.alpha_composite(white, b)))
print('rms', max(d.rms[:3]))`;
  try {
    const said = execFileSync('/usr/bin/python3', ['-c', program, path, made], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    if (said.startsWith('size')) return `Pillow has another ${said}`;
    const [, rms = '0'] = said.startsWith('rms') ? said.split(' ') : [];
    return Number(rms) > 12 ? `Pillow's pixels are off by ${Number(rms).toFixed(1)} levels` : '';
  } catch {
    return '';
  }
}
