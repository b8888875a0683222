import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const textOf = (file: string): string => readFileSync(join(import.meta.dirname, '../../dist', file), 'utf8');
const sizeOf = (file: string): number => gzipSync(textOf(file), { level: 9 }).length;

/** Element, pool and worker without the decoder that they contain, gzipped. */
const CEILING = 5640;
/** What a page with a picture of more than two megapixels also fetches: the decoder once more, with its kernels. */
const LARGE_CEILING = 30_100;
/** What a page with a sequence also fetches: the player, with the reader of sequences. */
const PLAYER_CEILING = 25_200;

it('The element and its worker add few bytes to the decoder, which they contain once', () => {
  const [element, script, decoder] = ['web/element.js', 'lowrank.min.js', 'lowrank-decode.js'].map(sizeOf);
  console.log(
    `lowrank/element: ${element} bytes gzipped, of which ${element! - decoder!} beside the decoder`,
  );
  expect(element! - decoder!).toBeLessThanOrEqual(CEILING);
  expect(script! - decoder!).toBeLessThanOrEqual(CEILING);
});

it.each([
  'lowrank.min.js',
  'lowrank-player.min.js',
  'lowrank-large.min.js',
  'lowrank-sw.min.js',
])('%s states what it is', file => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(textOf(file).startsWith(`/*! lowrank ${version}, MIT licence */\n`)).toBe(true);
});

it('The player of sequences is no larger than it was', () => {
  const size = sizeOf('lowrank-player.min.js');
  console.log(`the player of sequences: ${size} bytes gzipped`);
  expect(size).toBeLessThanOrEqual(PLAYER_CEILING);
});

it('The decoder of large pictures is no larger than it was', () => {
  const size = sizeOf('lowrank-large.min.js');
  console.log(`the decoder of large pictures: ${size} bytes gzipped`);
  expect(size).toBeLessThanOrEqual(LARGE_CEILING);
});

it('Modules for pages are complete, and touch nothing of a page when imported', async () => {
  const [element, player, large] = ['web/element.js', 'lowrank-player.min.js', 'lowrank-large.min.js'].map(
    textOf,
  );
  // The code for sequences and for large pictures is fetched only when needed.
  expect(element!.match(/\bimport\(.*?\)/g)).toEqual(['import("./large.js")', 'import("./player.js")']);
  for (const later of [player, large]) expect(later).not.toMatch(/\bimport\b(?!\.meta)/);
  const { LowrankImage } = await import('lowrank/element');
  await import('lowrank/define');
  const { serveImages } = await import('lowrank/service-worker');
  expect([LowrankImage.observedAttributes.includes('src'), typeof serveImages]).toEqual([true, 'function']);
});
