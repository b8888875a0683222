import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { decode, encode, truncate } from '../../src/index.js';
import { encodeImage, readImage } from '../../src/io/index.js';
import { bytesOf, smooth } from '../unit/io/pictures.js';
import { lowrank, newPlace } from './harness.js';

const source = smooth(16, 16);
const png = (await encodeImage(source)).bytes;
const lrk = Buffer.from(encode(source));

test('encode - reads stdin and writes only the file to stdout', async () => {
  const { code, stdout, stderr } = await lowrank(['encode', '-'], { stdin: png });
  expect(code).toBe(0);
  expect(stdout.equals(lrk)).toBe(true);
  expect(stderr[0]).toMatch(/^- -> -: 16 x 16/);
});

test('decode - and truncate - do the same', async () => {
  const decoded = await lowrank(['decode', '-', '--format', 'tiff'], { stdin: lrk });
  const { raster, format } = await readImage(decoded.stdout);
  expect(format).toBe('tiff');
  expect(bytesOf(raster).equals(bytesOf(decode(lrk, { channels: 'file' })))).toBe(true);
  const cut = await lowrank(['truncate', '-', '-o', '-', '--rank', '64'], { stdin: lrk });
  expect(cut.stdout.equals(Buffer.from(truncate(lrk, { rank: 64 })))).toBe(true);
});

test('A picture goes from stdin to a file and from a file to stdout', async () => {
  const place = await newPlace();
  const into = await lowrank(['encode', '-', '-o', place.at('a.lrk'), '--json'], { stdin: png });
  expect(into.objects[0]).toMatchObject({ input: '-', output: place.at('a.lrk') });
  expect((await readFile(place.at('a.lrk'))).equals(lrk)).toBe(true);
  const out = await lowrank(['decode', place.at('a.lrk'), '-o', '-']);
  expect((await readImage(out.stdout)).format).toBe('png');
});

test('info - reads stdin', async () => {
  const { code, stdout } = await lowrank(['info', '-'], { stdin: lrk });
  expect([code, stdout.toString().split('\n')[0]]).toEqual([0, '-']);
});

test('An empty stdin is an empty file', async () => {
  const { code, stderr } = await lowrank(['encode', '-'], { stdin: new Uint8Array() });
  expect([code, stderr[0]]).toEqual([1, expect.stringMatching(/^-: EMPTY: /)]);
});

test('Pictures are not written to a terminal, unless forced', async () => {
  const terminal = { stdin: png, stdout: { isTTY: true } };
  expect((await lowrank(['encode', '-'], terminal)).code).toBe(2);
  expect((await lowrank(['encode', '-', '--force'], terminal)).stdout.equals(lrk)).toBe(true);
});

test('A reader that closes the pipe of a text early causes no error', async () => {
  const place = await newPlace();
  const inputs = [
    await place.put('a.lrk', lrk),
    await place.put('b.lrk', lrk),
    await place.put('c.lrk', lrk),
  ];
  for (const args of [
    ['info', ...inputs],
    ['info', '--json', ...inputs],
  ]) {
    const { code, stderr } = await lowrank(args, { stdout: { limit: 10 } });
    expect([code, stderr]).toEqual([0, []]);
  }
});

test('A pipe that closes before the whole picture has passed is a failure, and so is a full disk behind it', async () => {
  for (const [errno, reason] of [
    ['EPIPE', 'closed by its reader'],
    ['ENOSPC', 'no space left'],
  ]) {
    const { code, stderr } = await lowrank(['encode', '-'], {
      stdin: png,
      stdout: { limit: 10, code: errno! },
    });
    expect([code, stderr]).toEqual([1, [`-: WRITE: ${reason}`, '0 encoded, 1 failed']]);
  }
});
