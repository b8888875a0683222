import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve } from '../browsers/server.js';
import { blocks, DOCUMENTS, ROOT } from './documents.js';

inEachBrowser('The page of README.md', driver => {
  it('shows its picture, as it stands', async () => {
    const server = await serve();
    const [page] = blocks(DOCUMENTS['README.md']!, 'html');
    server.put('/index.html', page!);
    server.put('/photo.lrk', readFileSync(join(ROOT, 'samples/scene.lrk')));
    server.put('/lowrank.min.js', readFileSync(join(ROOT, 'dist/lowrank.min.js')));
    try {
      await driver().goto(`${server.origin}/index.html`);
      const shown = `(async () => {
        const element = document.querySelector('lowrank-img');
        await customElements.whenDefined('lowrank-img');
        await element.decode();
        return [element.naturalWidth, element.naturalHeight, element.offsetWidth];
      })()`;
      expect(await driver().evaluate(shown)).toEqual([480, 320, 480]);
    } finally {
      await server.close();
    }
  });
});
