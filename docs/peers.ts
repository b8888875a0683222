import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { decode, encode } from '../src/index.js';
import { readImage } from '../src/io/index.js';
import { writeStrip } from './strip.js';

// Makes peers.png of README.md: samples/scene.png at about the same number of bytes as JPEG, WebP, AVIF and lowrank, each with its default
// settings except the quality. Part of npm run docs.

const BYTES = 7000;

const PEERS: Record<string, (image: Sharp, quality: number) => Sharp> = {
  JPEG: (image, quality) => image.jpeg({ quality, mozjpeg: true }),
  WebP: (image, quality) => image.webp({ quality, effort: 6 }),
  AVIF: (image, quality) => image.avif({ quality }),
};

const source = join(import.meta.dirname, '../samples/scene.png');

/** The file of the best quality with at most BYTES. */
async function largest(encoder: (image: Sharp, quality: number) => Sharp): Promise<Buffer> {
  let best: Buffer | undefined;
  for (let low = 1, high = 100; low <= high; ) {
    const quality = (low + high) >> 1;
    const file = await encoder(sharp(source), quality).toBuffer();
    if (file.length <= BYTES) {
      best = file;
      low = quality + 1;
    } else high = quality - 1;
  }
  if (!best) throw new Error(`nothing fits in ${BYTES} bytes`);
  return best;
}

const shown = [];
for (const [name, encoder] of Object.entries(PEERS)) {
  const file = await largest(encoder);
  const data = await sharp(file).removeAlpha().raw().toBuffer();
  shown.push({ data, caption: `${name}: ${file.length} bytes` });
}
const { raster } = await readImage(source);
const file = encode(raster, { size: BYTES });
const { data } = decode(file, { channels: 'file' });
writeStrip('peers.png', [...shown, { data, caption: `lowrank: ${file.length} bytes` }]);
