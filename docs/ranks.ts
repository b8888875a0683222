import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Canvas } from '../samples/art/canvas.js';
import { write } from '../samples/art/font.js';
import { toPng } from '../samples/art/png.js';
import { decode, encode, inspect, truncate } from '../src/index.js';
import { readImage } from '../src/io/index.js';

// Makes the picture of README.md, ranks.png beside this file: one crop of samples/scene.png, decoded from four prefixes of one file.
// npx tsx docs/ranks.ts

const RANKS = [1, 3, 10, 64];
/** The crop: its place in the scene and its size in pixels; then the gap between crops and the height of their captions. */
const [LEFT, TOP, WIDTH, HEIGHT, GAP, CAPTION] = [196, 66, 204, 230, 8, 26];

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const { raster } = await readImage(readFileSync(path('../samples/scene.png')));
const bytes = encode(raster);
const canvas = new Canvas(RANKS.length * (WIDTH + GAP) - GAP, HEIGHT + CAPTION, [255, 255, 255]);
for (const [n, most] of RANKS.entries()) {
  const prefix = truncate(bytes, { rank: most });
  const { rank, psnr } = inspect(prefix);
  const picture = decode(prefix, { channels: 'file' });
  const x = n * (WIDTH + GAP);
  for (let row = 0; row < HEIGHT; row++) {
    const from = 3 * ((row + TOP) * picture.width + LEFT);
    canvas.data.set(picture.data.subarray(from, from + 3 * WIDTH), 3 * (row * canvas.width + x));
  }
  const caption = `RANK ${rank}: ${prefix.length} BYTES, ${psnr.toFixed(1)} DB`;
  write(canvas, caption, x, HEIGHT + 9, 1, [40, 40, 40]);
  console.log(caption.toLowerCase());
}
const png = toPng(canvas.raster);
writeFileSync(path('ranks.png'), png);
console.log(`ranks.png: ${canvas.width} x ${canvas.height}, ${png.length} bytes`);
