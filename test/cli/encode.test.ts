import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { decode, encode, inspect } from '../../src/index.js';
import { insertMetadata } from '../../src/io/formats/png-chunks.js';
import { encodeImage, readImage } from '../../src/io/index.js';
import { psnr } from '../../src/metrics/psnr.js';
import { exifOf, picture, rgbProfile, smooth, xmpOf } from '../unit/io/pictures.js';
import { lowrank, newPlace } from './harness.js';

const source = smooth(64, 48);
const png = (await encodeImage(source)).bytes;

test('A picture becomes an .lrk file beside it, and one line on stderr sums up the result', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  const { code, stdout, stderr } = await lowrank(['encode', input]);
  expect([code, stdout.length]).toEqual([0, 0]);
  expect(await place.files()).toEqual(['a.lrk', 'a.png']);
  expect(stderr).toHaveLength(1);
  expect(stderr[0]).toMatch(
    /a\.png -> .*a\.lrk: 64 x 48, [\d,]+ bytes, \d\.\d{3} bpp, \d+\.\d\d dB, rank \d+, \d+\.\d s$/,
  );
  expect([...(await readFile(place.at('a.lrk')))]).toEqual([...encode(source)]);
});

test('--json prints one object with the documented fields, with true values, and nothing else', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  const { code, stderr, objects } = await lowrank(['encode', input, '--json', '--quality', '60']);
  expect([code, stderr]).toEqual([0, []]);
  expect(objects).toHaveLength(1);
  const bytes = await readFile(place.at('a.lrk'));
  const info = inspect(bytes);
  expect(Object.keys(objects[0])).toEqual(
    'input output width height channels bitDepth bytes bpp rank psnr milliseconds'.split(' '),
  );
  expect(objects[0]).toMatchObject({
    input,
    output: place.at('a.lrk'),
    width: 64,
    height: 48,
    channels: 3,
    bitDepth: 8,
    bytes: bytes.length,
    rank: info.rank,
  });
  expect(objects[0].bpp).toBeCloseTo((8 * bytes.length) / (64 * 48), 5);
  expect(objects[0].psnr).toBeCloseTo(psnr(source, decode(bytes, { channels: 'file' })).psnr, 2);
});

test('Each target reaches the encoder: quality, PSNR, size, bpp, rank', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', (await encodeImage(picture(48, 48, 3, 8))).bytes);
  const report = async (...args: string[]) =>
    (await lowrank(['encode', input, '-f', '--json', ...args])).objects[0];
  expect((await report('--quality', '90')).bytes).toBeGreaterThan((await report('--quality', '10')).bytes);
  expect((await report('--psnr', '30')).psnr).toBeGreaterThanOrEqual(30);
  expect((await report('--size', '1.2k')).bytes).toBeLessThanOrEqual(1200);
  expect((await report('--bpp', '4')).bpp).toBeLessThanOrEqual(4);
  const few = await report('--rank', '2', '--quality', '80');
  expect(few.rank).toBeLessThanOrEqual(2);
});

test('A target that cannot be met is a failure, and nothing is written', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  const { code, stderr } = await lowrank(['encode', input, '--size', '5']);
  expect(code).toBe(1);
  expect(stderr[0]).toContain(`${input}: TARGET: `);
  expect(await place.files()).toEqual(['a.png']);
});

test('Metadata are kept, orientation is applied and reset, --strip leaves metadata out', async () => {
  const place = await newPlace();
  const tagged = insertMetadata(png, { icc: await rgbProfile(), exif: exifOf(6), xmp: xmpOf() });
  const input = await place.put('a.png', tagged);
  await lowrank(['encode', input]);
  const info = inspect(await readFile(place.at('a.lrk')));
  expect([info.width, info.height]).toEqual([48, 64]);
  expect([...info.metadata.exif!]).toEqual([...exifOf(1)]);
  expect(info.metadata.icc!.length).toBeGreaterThan(100);
  expect(Buffer.from(info.metadata.xmp!).equals(Buffer.from(xmpOf()))).toBe(true);
  await lowrank(['encode', input, '--strip', '-f']);
  const stripped = inspect(await readFile(place.at('a.lrk')));
  expect([stripped.width, stripped.metadata]).toEqual([48, {}]);
});

test('An .lrk file is encoded again, with a note about its PSNR, and never onto itself', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', encode(source, { quality: 95 }));
  const { code, stderr } = await lowrank(['encode', input, '-o', place.at('b.lrk'), '--quality', '20']);
  expect(code).toBe(0);
  expect(stderr[0]).toContain('note: made from an .lrk file');
  expect((await readFile(place.at('b.lrk'))).length).toBeLessThan((await readFile(input)).length);
  const onto = await lowrank(['encode', input, '--force']);
  expect([onto.code, onto.stderr[0]]).toEqual([1, `${input}: SAME_FILE: would overwrite its own input`]);
});

test('Whatever is lost from the input is named on stderr, with --json too', async () => {
  const place = await newPlace();
  const input = await place.put(
    'a.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="9" height="9" fill="teal"/></svg>',
  );
  const { stderr, objects } = await lowrank(['encode', input, '--json']);
  expect(stderr).toEqual([`${input}: note: drawn at its own size, 20 x 10 pixels`]);
  expect(objects).toHaveLength(1);
});

test('Grey, alpha and 16 bits survive encode and decode', async () => {
  for (const channels of [1, 2, 3, 4] as const)
    for (const bitDepth of [8, 16] as const) {
      const place = await newPlace();
      const input = await place.put('a.png', (await encodeImage(picture(16, 16, channels, bitDepth))).bytes);
      await lowrank(['encode', input, '-o', place.at('b.lrk'), '--quality', '95']);
      const { code } = await lowrank(['decode', place.at('b.lrk')]);
      expect(code).toBe(0);
      const { raster } = await readImage(place.at('b.png'));
      expect([raster.channels, raster.bitDepth]).toEqual([channels, bitDepth]);
    }
});

test('--limit-pixels refuses larger pictures', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  const { code, stderr } = await lowrank(['encode', input, '--limit-pixels', '3k']);
  expect([code, stderr[0]]).toEqual([1, expect.stringContaining(`${input}: LIMIT: `)]);
  expect((await lowrank(['encode', input, '--limit-pixels', '3072'])).code).toBe(0);
});
