import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Canvas } from '../samples/art/canvas.js';
import { write } from '../samples/art/font.js';
import { toPng } from '../samples/art/png.js';

/**
 * The crop of samples/scene.png that is shown, its place and size in pixels; then the gap between crops and the height of their captions.
 */
const [LEFT, TOP, WIDTH, HEIGHT, GAP, CAPTION] = [196, 66, 204, 230, 8, 26];

/** One of the crops: RGB samples of the whole scene, 480 pixels a row, and its caption. */
export interface Shown {
  data: ArrayLike<number> & { subarray(from: number, to: number): ArrayLike<number> };
  caption: string;
}

/** Writes a PNG file beside this one that shows the same crop of several versions of the scene side by side. */
export function writeStrip(name: string, shown: Shown[]): void {
  const canvas = new Canvas(shown.length * (WIDTH + GAP) - GAP, HEIGHT + CAPTION, [255, 255, 255]);
  for (const [n, { data, caption }] of shown.entries()) {
    const x = n * (WIDTH + GAP);
    for (let row = 0; row < HEIGHT; row++) {
      const from = 3 * ((row + TOP) * 480 + LEFT);
      canvas.data.set(data.subarray(from, from + 3 * WIDTH), 3 * (row * canvas.width + x));
    }
    write(canvas, caption.toUpperCase(), x, HEIGHT + 9, 1, [40, 40, 40]);
    console.log(caption);
  }
  const png = toPng(canvas.raster);
  writeFileSync(join(import.meta.dirname, name), png);
  console.log(`${name}: ${canvas.width} x ${canvas.height}, ${png.length} bytes`);
}
