import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { encode } from '../../src/index.js';
import { encodeImage } from '../../src/io/index.js';
import { smooth } from '../unit/io/pictures.js';
import { lowrank, newPlace, type Place } from './harness.js';

const png = Buffer.from((await encodeImage(smooth(16, 16))).bytes);
const lrk = encode(smooth(16, 16));

/** Runs a command that must fail with this code, as a line and as an object, and must leave no file behind. */
async function fails(place: Place, args: string[], code: string): Promise<void> {
  const before = await place.files();
  const plain = await lowrank(args);
  expect(plain.code, args.join(' ')).toBe(1);
  expect(plain.stdout.length).toBe(0);
  expect(plain.stderr).toEqual([
    expect.stringContaining(`${args[1]}: ${code}: `),
    expect.stringMatching(/^0 \w+, 1 failed$/),
  ]);
  const { objects } = await lowrank([...args, '--json']);
  expect(objects).toEqual([
    { input: args[1], error: { code, message: expect.not.stringMatching(/\n| at .*:\d+|^$/) } },
  ]);
  expect(await place.files()).toEqual(before);
}

test('Empty files, text files and missing files are refused', async () => {
  const place = await newPlace();
  const empty = await place.put('empty', '');
  const text = await place.put('text.lrk', 'a text, quite long enough to be something else');
  const none = place.at('none');
  for (const command of [
    ['encode', '-o', place.at('out.lrk')],
    ['decode'],
    ['info'],
    ['truncate', '-o', place.at('out.lrk'), '--rank', '2'],
  ]) {
    const [name, ...rest] = command as [string, ...string[]];
    await fails(place, [name, empty, ...rest], 'EMPTY');
    await fails(place, [name, text, ...rest], name === 'encode' ? 'UNSUPPORTED' : 'NOT_LRK');
    await fails(place, [name, none, ...rest], 'NOT_FOUND');
  }
});

test('A PNG renamed .lrk is not an .lrk file, but is still read as a PNG', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', png);
  for (const command of ['decode', 'info']) await fails(place, [command, input], 'NOT_LRK');
  const { code } = await lowrank(['encode', input, '-o', place.at('b.lrk')]);
  expect(code).toBe(0);
});

test('Damaged pictures are refused', async () => {
  const place = await newPlace();
  await fails(place, ['encode', await place.put('cut.png', png.subarray(0, 60))], 'DAMAGED');
  await fails(place, ['encode', await place.put('head.png', png.subarray(0, 20))], 'DAMAGED');
});

test('An .lrk file cut before its first layer, or with a flipped bit, is refused with a code and leaves no output', async () => {
  const place = await newPlace();
  const cut = await place.put('cut.lrk', lrk.subarray(0, 9));
  const flipped = Buffer.from(lrk);
  flipped[flipped.length - 6]! ^= 4;
  const bad = await place.put('flipped.lrk', flipped);
  for (const command of ['decode', 'info', 'encode'])
    await fails(
      place,
      [command, cut, ...(command === 'encode' ? ['-o', place.at('out.lrk')] : [])],
      'TRUNCATED',
    );
  await fails(place, ['decode', bad], 'CORRUPT');
});

test('A folder cannot be the output file', async () => {
  const place = await newPlace();
  await mkdir(place.at('a.lrk'));
  await fails(place, ['encode', await place.put('a.png', png), '--force'], 'IS_DIRECTORY');
  const input = await place.put('b.lrk', lrk);
  const { code, stderr } = await lowrank([
    'truncate',
    input,
    '-o',
    place.at('b.lrk', 'c', 'd.lrk'),
    '--rank',
    '64',
  ]);
  expect([code, stderr[0]]).toEqual([1, expect.stringContaining('WRITE')]);
});

test.skipIf(!existsSync('/proc/self/mem'))('A file that cannot be read is refused', async () => {
  const place = await newPlace();
  await fails(place, ['info', '/proc/self/mem'], 'UNREADABLE');
});

test.skipIf(!existsSync('/dev/full'))('A full disk is reported', async () => {
  const place = await newPlace();
  await fails(place, ['encode', await place.put('a.png', png), '-o', '/dev/full'], 'WRITE');
  await fails(place, ['truncate', await place.put('b.lrk', lrk), '-o', '/dev/full', '--rank', '64'], 'WRITE');
});

test('An input that is no .lrk file is called so, even where its output would be the input or a file that is there', async () => {
  const place = await newPlace();
  for (const [name, bytes] of [
    ['a.png', png],
    ['three.png', png.subarray(0, 3)],
  ] as const) {
    const input = await place.put(name, bytes);
    await place.put('there.png', 'something');
    for (const args of [[], ['-o', place.at('there.png')], ['--dry-run']])
      await fails(place, ['decode', input, ...args], 'NOT_LRK');
    expect((await readFile(input)).equals(bytes)).toBe(true);
  }
});

test('The input survives every attempt to overwrite it', async () => {
  const place = await newPlace();
  const input = await place.put('picture', png);
  await fails(place, ['encode', input, '-o', input, '--force'], 'SAME_FILE');
  expect((await readFile(input)).equals(png)).toBe(true);
  const named = await place.put('a.png', png);
  expect((await lowrank(['encode', named, '-o', named, '--force'])).code).toBe(2);
  expect((await readFile(named)).equals(png)).toBe(true);
});
