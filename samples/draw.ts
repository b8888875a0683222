import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toPng } from './art/png.js';
import { pictures } from './pictures.js';

// Draws the sample pictures of this project beside this file: `npm run samples [-- name...]`.

const wanted = process.argv.slice(2);
for (const [name, draw] of Object.entries(pictures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const raster = draw();
  const png = toPng(raster);
  writeFileSync(fileURLToPath(new URL(`${name}.png`, import.meta.url)), png);
  console.log(
    `${name}.png  ${raster.width} x ${raster.height}, ${raster.channels} x ${raster.bitDepth} bits, ${png.length} bytes`,
  );
}
