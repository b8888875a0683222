import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { decode, encodeSequence } from '../src/index.js';
import { encodeFile } from '../src/io/index.js';
import { toPng } from './art/png.js';
import { BALLOONS, drawBalloons } from './balloons.js';
import { pictures } from './pictures.js';

// Draws the sample pictures of this project, and the clip of balloons, beside this file and encodes each at the default quality:
// npm run samples [-- [--keep] name...], where --keep encodes the existing PNG files without drawing them. Of the clip only the sequence is
// kept.

const { values, positionals } = parseArgs({
  options: { keep: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const CLIP = 'balloons';
const unknown = positionals.find(name => !(name in pictures) && name !== CLIP);
if (unknown) throw new Error(`no picture ${unknown}: there are ${Object.keys(pictures).join(', ')}, ${CLIP}`);
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

for (const [name, draw] of Object.entries(pictures)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  if (!values.keep) writeFileSync(path(`${name}.png`), toPng(draw()));
  const { width, height, channels, bitDepth, bytes, bpp, psnr, data } = await encodeFile(
    path(`${name}.png`),
    path(`${name}.lrk`),
    { force: true },
  );
  decode(data);
  console.log(
    `${name}: ${width} x ${height}, ${channels} x ${bitDepth} bits, ${bytes} bytes (${bpp.toFixed(2)} bpp), ${psnr.toFixed(2)} dB`,
  );
}

if (positionals.length === 0 || positionals.includes(CLIP)) {
  const frames = drawBalloons();
  const bytes = await encodeSequence({
    durations: frames.map(() => BALLOONS.duration),
    frames: () => frames,
  });
  writeFileSync(path(`${CLIP}.lrk`), bytes);
  console.log(`${CLIP}: ${frames.length} frames, ${bytes.length} bytes`);
}
