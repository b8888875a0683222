import { afterAll, beforeAll, expect, it } from 'vitest';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { ROOT, type Suite } from '../golden/suite.js';
import { bundleOfDecoders, casesToAsk } from './cases.js';
import type * as decoders from './decoders.js';

/** How many files a page is asked about at once. */
const FILES = 30;

const suite = Object.entries(casesToAsk(3));
const count = suite.reduce((sum, [, cases]) => sum + cases.length, 0);

let server: TestServer;
beforeAll(async () => {
  server = await serve(ROOT);
  server.put('/decoders.js', await bundleOfDecoders());
  server.put('/suite.html', '<!doctype html><title>suite</title><script src="decoders.js"></script>');
});
afterAll(() => server.close());

/** Puts cases to a decoder inside a page; returns how many were asked, and the answers that differ. */
async function ask(
  which: 'shipped' | 'modules',
  asked: Suite,
): Promise<{ count: number; others: unknown[] }> {
  const { tell } = (globalThis as unknown as { decoders: typeof decoders }).decoders;
  const others: unknown[] = [];
  let count = 0;
  for (const [name, cases] of Object.entries(asked)) {
    const file = new Uint8Array(await (await fetch(`/${name}`)).arrayBuffer());
    for (const of of cases) {
      let told = tell(which, file, of);
      if (typeof told !== 'string') {
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', told));
        told = Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join('');
      }
      count++;
      if (told !== ('pixels' in of ? of.pixels : `${of.error} ${of.field}`)) others.push([name, of, told]);
    }
  }
  return { count, others };
}

// V8, SpiderMonkey and JavaScriptCore.
inEachBrowser('A browser gives the answers of the suite', driver => {
  beforeAll(() => driver().goto(`${server.origin}/suite.html`));

  async function askAll(which: 'shipped' | 'modules'): Promise<void> {
    let asked = 0;
    for (let from = 0; from < suite.length; from += FILES) {
      const answers = await driver().evaluate(
        ask,
        which,
        Object.fromEntries(suite.slice(from, from + FILES)),
      );
      expect(answers.others).toEqual([]);
      asked += answers.count;
    }
    expect(asked).toBe(count);
  }

  it('with the decoder that is shipped for pages', () => askAll('shipped'));

  it('with the kernels', async () => {
    const isThere = await driver().evaluate(async () => {
      const wasm = await (await fetch('/dist/kernels/kernels.wasm')).arrayBuffer();
      const { useKernels } = (globalThis as unknown as { decoders: typeof decoders }).decoders;
      return useKernels(new Uint8Array(wasm));
    });
    expect(isThere).toBe(true);
    await askAll('modules');
  });
});
