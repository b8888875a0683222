import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readImage } from '../../src/io/index.js';

/** A file beside this one whose nclx box says narrow range. */
async function narrow(name: string): Promise<Uint8Array> {
  const avif = await readFile(join(import.meta.dirname, name));
  avif[avif.indexOf('nclx') + 10] = 0;
  return avif;
}

const cut = (value: number, peak: number): number => Math.min(peak, Math.max(0, Math.round(value)));

test('a monochrome AVIF of narrow range has black and white where viewers have them', async () => {
  const { raster, notes } = await readImage(await narrow('grey.avif'));
  expect([raster.channels, raster.bitDepth, notes]).toEqual([1, 8, []]);
  const wanted = Array.from({ length: 64 }, (_, i) => cut(((4 * i - 16) * 255) / 219, 255));
  expect([...raster.data]).toEqual(wanted);
});

test('a monochrome AVIF of narrow range and 10 bits does, too', async () => {
  // 8 x 8 without loss, each sample by 16 more than the one before, by `avifenc -l -y 400 -d 10`
  const full = await readImage(join(import.meta.dirname, 'grey-10.avif'));
  const codes = [...full.raster.data].map(value => value >> 6);
  expect(codes).toEqual(Array.from({ length: 64 }, (_, i) => 16 * i));
  const { raster, notes } = await readImage(await narrow('grey-10.avif'));
  expect([raster.channels, raster.bitDepth, notes]).toEqual([1, 16, []]);
  expect([...raster.data]).toEqual(codes.map(code => cut(((code - 64) * 65_535) / 876, 65_535)));
});

test('pixels that are not square turn with the picture', async () => {
  // 16 x 8, by `avifenc --pasp 2,1`, and the same with `--irot 1`
  for (const [name, ratio] of [
    ['wide-pixels.avif', '2 : 1'],
    ['wide-pixels-turned.avif', '1 : 2'],
  ] as const)
    expect((await readImage(join(import.meta.dirname, name))).notes).toEqual([
      `its pixels are not square (${ratio} wide to high): kept as if they were`,
    ]);
});
