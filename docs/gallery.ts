import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { createServer } from 'vite';
import { open } from '../test/browsers/open.js';

// Takes the picture of the gallery in docs/web.md from the page itself, in Chromium: part of npm run docs.

const OUT = join(import.meta.dirname, 'gallery.png');
const [WIDTH, HEIGHT] = [1080, 960];
/** Are its first pictures shown, with the bytes beside them, which take minutes to compute? */
const READY = `[...document.querySelectorAll('lowrank-img')].slice(0, 4).every(e => e.complete && e.naturalWidth > 1) &&
  [...document.querySelectorAll('.bytes')].every(list => list.querySelectorAll('dd').length)`;

const server = await createServer({
  configFile: join(import.meta.dirname, '../samples/web/vite.config.ts'),
  logLevel: 'silent',
  server: { port: 0, host: '127.0.0.1' },
});
await server.listen();
const page = await open('chromium');
try {
  await page.resize(WIDTH, HEIGHT);
  await page.goto(`http://127.0.0.1:${(server.httpServer!.address() as { port: number }).port}/index.html`);
  const until = Date.now() + 400_000;
  while (!(await page.evaluate(READY))) {
    if (Date.now() > until) throw new Error('the gallery did not get ready');
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  await new Promise(resolve => setTimeout(resolve, 1_000));
  await page.screenshot(OUT);
  writeFileSync(OUT, await sharp(OUT).png({ palette: true, effort: 10 }).toBuffer());
} finally {
  await page.close();
  await server.close();
}
