import { mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode, inspect } from '../decode/index.js';
import { truncate } from '../decode/truncate.js';
import { encode } from '../encode/encode.js';
import { readImage, writeAtomically, writeImage } from '../io/index.js';
import { bitsPerPixel } from '../metrics/bits-per-pixel.js';
import { psnr } from '../metrics/psnr.js';
import { count, decibels } from './figures.js';

// npm run demo: encodes a sample, cuts the file at each rank of its layers, and decodes each cut into demo/.

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
const folder = 'demo';

/** The sample scene, or else the first PNG. */
async function pickSample(): Promise<string> {
  const names = (await readdir(samples)).filter(name => name.endsWith('.png')).sort();
  const name = names.find(each => each === 'scene.png') ?? names[0];
  if (name === undefined) throw new Error(`no PNG in ${samples}`);
  return join(samples, name);
}

async function demo(): Promise<void> {
  const sample = await pickSample();
  const { raster, metadata } = await readImage(sample);
  const bytes = encode(raster, { metadata });
  await mkdir(folder, { recursive: true });
  const whole = join(folder, 'picture.lrk');
  await writeAtomically(whole, bytes, { force: true });
  const { width, height } = raster;
  console.log(
    `${relative('.', sample)}: ${width} x ${height}, ${count(raster.data.byteLength)} bytes of samples`,
  );
  console.log(`${whole}: ${count(bytes.length)} bytes; each line below is a prefix of it\n`);
  console.log('rank     bytes   bits a pixel      PSNR  file');
  for (const rank of new Set(inspect(bytes).layers.map(layer => layer.rank))) {
    const prefix = truncate(bytes, { rank });
    const picture = decode(prefix, { channels: 'file' });
    const path = join(folder, `rank-${String(rank).padStart(2, '0')}.png`);
    await writeImage(path, picture, metadata, { force: true });
    const bpp = bitsPerPixel(prefix.length, width, height).toFixed(3);
    const quality = decibels(psnr(raster, picture).psnr);
    console.log(
      [String(rank).padStart(4), count(prefix.length).padStart(9), bpp.padStart(14)].join(' '),
      quality.padStart(9),
      '',
      path,
    );
  }
  console.log(`\nThe pictures are in ${folder}/. What is in the file: node dist/cli/main.js info ${whole}`);
}

try {
  await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
