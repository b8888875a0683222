import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { serveExplorer } from '../src/cli/explorer-server.js';
import { open } from '../test/browsers/open.js';

// Takes the picture of the explorer in README.md from the page itself, in Chromium: npx tsx docs/explorer.ts after npm run build.

const WIDTH = 1280;
const HEIGHT = 900;
const RANK = 8;
const OUT = join(import.meta.dirname, 'explorer.png');

/** Is everything drawn from the file? The figures and the atoms come last. */
const READY =
  "document.body.dataset.state === 'ready' && document.body.dataset.shown === document.body.dataset.generation && document.querySelectorAll('#atoms li').length > 0";

const explorer = await serveExplorer({ image: join(import.meta.dirname, '../samples/scene.png') });
const page = await open('chromium');
try {
  await page.resize(WIDTH, HEIGHT);
  await page.goto(`${explorer.url}#rank=${RANK}`);
  const until = Date.now() + 90_000;
  while (!(await page.evaluate(READY))) {
    if (Date.now() > until) throw new Error('the explorer did not get ready');
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  // Canvases are painted after the figures appear.
  await new Promise(resolve => setTimeout(resolve, 2_000));
  await page.screenshot(OUT);
  writeFileSync(OUT, await sharp(OUT).png({ palette: true, effort: 10 }).toBuffer());
} finally {
  await page.close();
  await explorer.close();
}
