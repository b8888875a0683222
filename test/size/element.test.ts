import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const sizeOf = (file: string): number =>
  gzipSync(readFileSync(join(import.meta.dirname, '../../dist', file)), { level: 9 }).length;

/** Element, pool and worker beside the decoder that they contain, gzipped. The aim for all together is 18,432: CONTRIBUTING.md. */
const CEILING = 4608;

it('The element and its worker take few bytes beside the decoder, which they contain once', () => {
  const [element, script, decoder] = ['web/element.js', 'lowrank.min.js', 'lowrank-decode.js'].map(sizeOf);
  console.log(
    `lowrank/element: ${element} bytes gzipped, of which ${element! - decoder!} beside the decoder`,
  );
  expect(element! - decoder!).toBeLessThanOrEqual(CEILING);
  expect(script! - decoder!).toBeLessThanOrEqual(CEILING);
});

it('Modules for pages are whole, and touch nothing of a page when they are imported', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../dist/web/element.js'), 'utf8');
  expect(text).not.toMatch(/\bimport\b/);
  const { LowrankImage } = await import('lowrank/element');
  await import('lowrank/define');
  const { serveImages } = await import('lowrank/service-worker');
  expect([LowrankImage.observedAttributes.includes('src'), typeof serveImages]).toEqual([true, 'function']);
});
