// Peak memory of reading a picture of 24 megapixels, over what the process has before, beside the raster and the file together:
//   npx tsx bench/reading.ts [--only png,gif] [--side 6000x4000]
// Each is read in a process of its own. Linux only: the peak is that of /proc.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp, { type Sharp } from 'sharp';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, side: { type: 'string', default: '6000x4000' } },
});
const [width, height] = values.side.split('x').map(Number) as [number, number];

/** A slope with grain: neither trivial to compress nor slow. */
function drawn(bits: 8 | 16): Sharp {
  const data = new (bits === 16 ? Uint16Array : Uint8Array)(width * height * 3);
  const peak = bits === 16 ? 65_535 : 255;
  for (let i = 0, state = 1; i < data.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    data[i] = ((i / data.length) * 0.8 + (state / 2 ** 32) * 0.02) * peak;
  }
  const image = sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  return bits === 16 ? image.toColourspace('rgb16') : image;
}

const KINDS: Readonly<Record<string, () => Sharp>> = {
  'png 8': () => drawn(8).png({ compressionLevel: 1 }),
  'png 16': () => drawn(16).png({ compressionLevel: 1 }),
  'png 8, interlaced': () => drawn(8).png({ compressionLevel: 1, progressive: true }),
  jpeg: () => drawn(8).jpeg({ quality: 85 }),
  'jpeg, progressive': () => drawn(8).jpeg({ quality: 85, progressive: true }),
  'jpeg, to be turned': () => drawn(8).withMetadata({ orientation: 6 }).jpeg({ quality: 85 }),
  'tiff 8': () => drawn(8).tiff({ compression: 'none' }),
  'tiff 16, deflate': () => drawn(16).tiff({ compression: 'deflate', predictor: 'horizontal' }),
  webp: () => drawn(8).webp({ quality: 80, effort: 0 }),
  'avif 8': () => drawn(8).avif({ quality: 50, effort: 0 }),
  'avif 10': () => drawn(16).avif({ quality: 50, effort: 0, bitdepth: 10 }),
  gif: () => drawn(8).gif({ effort: 1, dither: 0, colours: 64 }),
};

const MEGA = 1e6;
const place = await mkdtemp(join(tmpdir(), 'lowrank-reading-'));
try {
  const small = join(place, 'small.png');
  await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toFile(small);
  console.log('| MB | file | raster | both | peak | peak / both |\n|---|---:|---:|---:|---:|---:|');
  for (const [name, make] of Object.entries(KINDS)) {
    if (!values.only.split(',').some(part => name.startsWith(part))) continue;
    const path = join(place, 'picture');
    await writeFile(path, await make().toBuffer());
    const { size } = await stat(path);
    const child = join(import.meta.dirname, 'reading/child.ts');
    const said = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', child, small, path], {
      encoding: 'utf8',
    });
    const { peak, raster } = JSON.parse(said) as { peak: number; raster: number };
    const cells = [size, raster, size + raster, peak].map(bytes => (bytes / MEGA).toFixed(1));
    console.log(`| ${[name, ...cells, (peak / (size + raster)).toFixed(2)].join(' | ')} |`);
  }
} finally {
  await rm(place, { recursive: true, force: true });
}
