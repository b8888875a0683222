import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Driver } from '../browsers/driver.js';
import { findEngine } from '../browsers/engines.js';
import { open } from '../browsers/open.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// The element has its own tests in three browsers; one is enough to check that the gallery holds together.
describe.skipIf(!findEngine('chromium') && !process.env.CI)('The gallery', () => {
  let server: ViteDevServer;
  let driver: Driver;
  let origin: string;

  beforeAll(async () => {
    server = await createServer({
      configFile: join(import.meta.dirname, '../../samples/web/vite.config.ts'),
      logLevel: 'silent',
      server: { port: 0, host: '127.0.0.1' },
    });
    await server.listen();
    origin = `http://127.0.0.1:${(server.httpServer!.address() as { port: number }).port}`;
    driver = await open('chromium');
    await driver.resize(1024, 2800);
  });
  afterAll(async () => {
    await driver?.close();
    await server?.close();
  });

  /** Returns the result of an expression in the page. */
  const until = (code: string, value: unknown, timeout = 100_000): Promise<void> =>
    expect.poll(() => driver.evaluate(code), { timeout }).toEqual(value) as Promise<void>;

  /** Has each element decoded its picture, or shown its fallback? */
  const DONE = `[...document.querySelectorAll('lowrank-img')].map(e => e.id === 'fallback' || e.complete && e.naturalWidth > 1)`;

  it('shows pictures by the element, the bundler and a canvas', async () => {
    await driver.goto(`${origin}/index.html`);
    await until(DONE, new Array(12).fill(true));
    await until(
      `/^Rank 64, [\\d.]+ dB, [\\d,]+ bytes$/.test(document.querySelector('#progress').textContent)`,
      true,
    );
    await until(`document.querySelector('#fallback img').complete`, true);
    await until(`document.querySelector('canvas').getContext('2d').getImageData(9, 9, 1, 1).data[3]`, 255);
    // Each of the pair has the size of the picture, whatever its own size.
    await until(
      `[...document.querySelectorAll('#bundled lowrank-img')].map(e => Math.round(e.offsetWidth / e.offsetHeight * 100))`,
      [150, 150],
    );
  });

  it('compares the bytes of its pictures with those of AVIF and JPEG', async () => {
    await until(
      "[...document.querySelectorAll('.bytes')].map(list => [...list.querySelectorAll('dd')].map(dd => dd.textContent))",
      new Array(4).fill(new Array(3).fill(expect.stringMatching(/^[\d,]+ bytes$|^never as good$/))),
      300_000,
    );
    // Dozens of files are made and looked at to find the smallest.
  }, 320_000);

  it('copies its examples, and can slow down its downloads', async () => {
    expect(
      await driver.evaluate(
        "document.querySelectorAll('pre').length === document.querySelectorAll('pre + .copy').length",
      ),
    ).toBe(true);
    await driver.evaluate(
      "Object.assign(document.querySelector('#rate'), { value: '4000' }).dispatchEvent(new Event('change'))",
    );
    // Four seconds in all: the first layers appear before the last.
    await until("/^Rank (?!64)/.test(document.querySelector('#progress').textContent)", true);
    await driver.evaluate(
      "Object.assign(document.querySelector('#rate'), { value: '0' }).dispatchEvent(new Event('change'))",
    );
    await until(DONE, new Array(12).fill(true));
  });

  it('plays a clip, pauses it and seeks in it', async () => {
    const text = "document.querySelector('#frame').textContent";
    await until(`/^Frame \\d+ of 40, \\d\\.\\d\\d s$/.test(${text})`, true);
    await driver.click('#play');
    await until("document.querySelector('#play').textContent", 'Play');
    await driver.evaluate(
      "Object.assign(document.querySelector('#seek'), { value: 20 }).dispatchEvent(new Event('input'))",
    );
    await until(text, 'Frame 21 of 40, 1.50 s');
    await driver.click('#play');
    await until(`${text} !== 'Frame 21 of 40, 1.50 s'`, true);
  });

  it('shows pictures by one script under a strict policy', async () => {
    await driver.goto(`${origin}/script.html`);
    await until(DONE, [true, true]);
  });

  it('shows pictures by a service worker', async () => {
    await driver.goto(`${origin}/service-worker.html`);
    await until(`!!navigator.serviceWorker.controller`, true);
    await until(`[...document.images].map(i => i.complete && i.naturalWidth)`, [480, 448]);
  });

  it.each(['index', 'script', 'service-worker'])('has no fault that axe finds on the page %s', async page => {
    await driver.goto(`${origin}/${page}.html`);
    if (page === 'index') await until("document.querySelectorAll('.bytes dd').length", 12);
    await driver.evaluate(`(() => { ${AXE}; })()`);
    const { violations } = await driver.evaluate(() =>
      (globalThis as unknown as { axe: { run(of: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
      }),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
  });

  it('throws no uncaught errors', async () => {
    const messages = await driver.messages();
    expect(messages.filter(({ type }) => type === 'uncaught')).toEqual([]);
  });
});
