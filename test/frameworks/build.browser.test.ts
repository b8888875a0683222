import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Driver } from '../browsers/driver.js';
import { findEngine } from '../browsers/engines.js';
import { open } from '../browsers/open.js';
import { serve } from '../browsers/server.js';
import { newProject, recipes } from './recipes.js';

const ROOT = join(import.meta.dirname, '../..');

/** The page's own script for the component of each recipe, and the packages of its project. */
const MAINS: Record<string, [main: string, packages: string[]]> = {
  React: [
    `import { createElement } from 'react'; import { createRoot } from 'react-dom/client'; import { Photo } from './Photo.tsx';
    createRoot(document.body.appendChild(document.createElement('div'))).render(createElement(Photo));`,
    ['react', 'react-dom', 'scheduler', '@vitejs/plugin-react'],
  ],
  Vue: [
    `import { createApp } from 'vue'; import Photo from './Photo.vue';
    createApp(Photo).mount(document.body.appendChild(document.createElement('div')));`,
    ['vue', '@vitejs/plugin-vue'],
  ],
  Svelte: [
    `import { mount } from 'svelte'; import Photo from './Photo.svelte';
    mount(Photo, { target: document.body });`,
    ['svelte', '@sveltejs/vite-plugin-svelte'],
  ],
  'Plain TypeScript': [`import './photo.ts';`, []],
};

// The element has its own tests in three browsers; one is enough to check that frameworks pass on what the recipes say.
describe.skipIf(!findEngine('chromium') && !process.env.CI)('The recipe for', () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await open('chromium');
  });
  afterAll(() => driver?.close());

  it.each(Object.entries(MAINS))('%s builds as documented, and shows its picture and text', async (name, [
    main,
    packages,
  ]) => {
    const page =
      '<!doctype html><title>Photo</title><body><script type="module" src="/src/main.js"></script>';
    const plain = `import lowrank from 'lowrank/vite';\nexport default { plugins: [lowrank()] };`;
    const files = { 'vite.config.js': plain, ...recipes()[name], 'index.html': page, 'src/main.js': main };
    const place = await newProject(files, packages);
    copyFileSync(join(ROOT, 'samples/tiny-7x5.png'), place.at('src/hero.png'));
    await build({ root: place.root, configFile: place.at('vite.config.js'), logLevel: 'error' });
    const server = await serve(place.at('dist'));
    try {
      await driver.goto(`${server.origin}/index.html`);
      const shown =
        "(e => e && [e.naturalWidth, e.width, e.alt, !!e.placeholder])(document.querySelector('lowrank-img'))";
      await expect
        .poll(() => driver.evaluate(shown), { timeout: 60_000 })
        .toEqual([7, 7, 'A lake in the mountains', true]);
      if (name !== 'Plain TypeScript')
        await expect
          .poll(() => driver.evaluate("document.querySelector('figcaption').textContent"), {
            timeout: 60_000,
          })
          .toBe('loaded');
    } finally {
      await server.close();
    }
  });
});
