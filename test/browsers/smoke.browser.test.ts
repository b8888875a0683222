import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'lowrank/decode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../bundle.js';
import { inEachBrowser } from './in-each-browser.js';
import { serve, type TestServer } from './server.js';

const SAMPLES = join(import.meta.dirname, '../../samples');
const NAMES = ['shapes-rgba.lrk', 'scene.lrk'];
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let server: TestServer;
beforeAll(async () => {
  server = await serve(SAMPLES);
  const { code } = await bundle('decode/index.js', 'esm');
  server.put('/decode.js', code);
  server.put(
    '/page.html',
    `<!doctype html><canvas></canvas><input><button onclick="this.textContent = 'clicked'">click</button>
    <script type="module">
      import { decode } from './decode.js';
      globalThis.decode = decode;
      console.warn('the page', 'is here');
      setTimeout(() => { throw new Error('nobody catches this') });
    </script>`,
    { headers: { 'Content-Security-Policy': "default-src 'self' 'unsafe-inline'" } },
  );
});
afterAll(() => server.close());

inEachBrowser(
  'A browser',
  (driver, engine) => {
    beforeAll(() => driver().goto(`${server.origin}/page.html`));

    it.each(NAMES)('decodes %s to the pixels that Node sees', async name => {
      const there = await driver().evaluate(async (file: string) => {
        const bytes = new Uint8Array(await (await fetch(file)).arrayBuffer());
        const { decode } = globalThis as unknown as typeof import('lowrank/decode');
        const { data, width, height } = decode(bytes);
        const hash = await crypto.subtle.digest('SHA-256', data as Uint8ClampedArray<ArrayBuffer>);
        return {
          width,
          height,
          hash: [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join(''),
        };
      }, `/${name}`);
      const { width, height, data } = decode(readFileSync(join(SAMPLES, name)));
      expect(there).toEqual({ width, height, hash: sha256(Uint8Array.from(data)) });
    });

    it('reports what its pages log', async () => {
      const messages = await driver().messages();
      expect(messages).toContainEqual({ type: 'warn', text: 'the page is here' });
      const [uncaught] = messages.filter(({ type }) => type === 'uncaught');
      expect(uncaught?.text).toContain('nobody catches this');
    });

    it('clicks, types and presses keys', async () => {
      await driver().click('button');
      expect(await driver().evaluate("document.querySelector('button').textContent")).toBe('clicked');
      await driver().click('input');
      await driver().type('ab');
      await driver().press('ArrowLeft');
      await driver().type('c');
      expect(await driver().evaluate("document.querySelector('input').value")).toBe('acb');
    });

    it('has the requested size and colour scheme', async () => {
      for (const [width, height] of [
        [360, 640],
        [1200, 800],
      ] as const) {
        await driver().resize(width, height);
        expect(await driver().evaluate(() => [innerWidth, innerHeight, devicePixelRatio])).toEqual([
          width,
          height,
          1,
        ]);
        const png = await driver().screenshot();
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
      }
      expect(await driver().evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
    });

    it('goes offline and comes back, or says that it cannot', async () => {
      const reaches = () =>
        driver().evaluate(() =>
          fetch('/scene.lrk').then(
            () => true,
            () => false,
          ),
        );
      expect(await driver().offline(true)).toBe(engine !== 'webkit');
      expect(await reaches()).toBe(engine === 'webkit');
      await driver().offline(false);
      expect(await reaches()).toBe(true);
    });
  },
  { dark: true },
);
