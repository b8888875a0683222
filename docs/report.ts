import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { describeComparison } from '../src/cli/describe-comparison.js';
import { loadSharp } from '../src/io/engine.js';
import { measure } from '../src/report/measure.js';
import { originalPng } from '../src/report/original-png.js';
import { peerPictures } from '../src/report/peer-pictures.js';
import { toHtml } from '../src/report/to-html.js';
import { open } from '../test/browsers/open.js';

// Takes the picture of the report in README.md from the page itself, opened from disk in Chromium, and prints the output of `lowrank
// compare photo.png`:
// npx tsx docs/report.ts after npm run build.

const [WIDTH, HEIGHT] = [1180, 1000];
const OUT = join(import.meta.dirname, 'report.png');

const bytes = await readFile(join(import.meta.dirname, '../samples/scene.png'));
const measurement = await measure(bytes, { name: 'photo.png', layouts: ['block', 'channel'] });
const [block] = measurement.variants;
console.log(describeComparison({ ...measurement, variants: [block!] }));
const original = await originalPng(bytes);
const peers = await peerPictures((await loadSharp())!, original.raster, measurement, block!.file.length);
const folder = await mkdtemp(join(tmpdir(), 'lowrank-report-'));
const page = await open('chromium');
try {
  const path = join(folder, 'report.html');
  await writeFile(path, await toHtml([{ measurement, original, peers }], []));
  await page.resize(WIDTH, HEIGHT);
  await page.goto(pathToFileURL(path).href);
  const until = Date.now() + 60_000;
  while (!(await page.evaluate("!!document.querySelector('section.picture').dataset.rank"))) {
    if (Date.now() > until) throw new Error('the report did not show its picture');
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  await page.screenshot(OUT);
  await writeFile(OUT, await sharp(OUT).png({ palette: true, effort: 10 }).toBuffer());
} finally {
  await page.close();
  await rm(folder, { recursive: true });
}
