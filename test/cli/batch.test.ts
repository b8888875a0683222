import { mkdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { encode } from '../../src/index.js';
import { encodeImage } from '../../src/io/index.js';
import { smooth } from '../unit/io/pictures.js';
import { lowrank, newPlace } from './harness.js';

const png = (await encodeImage(smooth(16, 16))).bytes;
const lrk = encode(smooth(16, 16));

test('One bad file does not stop a run: it gets a line, the run a summary and exit code 1', async () => {
  const place = await newPlace();
  const [a, bad, b] = [
    await place.put('a.png', png),
    await place.put('bad.png', 'text'),
    await place.put('c.png', png),
  ];
  const { code, stdout, stderr } = await lowrank(['encode', a, bad, b]);
  expect([code, stdout.length]).toEqual([1, 0]);
  expect(stderr).toHaveLength(4);
  expect(stderr[1]).toBe(`${bad}: UNSUPPORTED: not an image of a known format`);
  expect(stderr[3]).toBe('2 encoded, 1 failed');
  expect(await place.files()).toEqual(['a.lrk', 'a.png', 'bad.png', 'c.lrk', 'c.png']);
});

test('With --json a failure is an object too, in its place in the order', async () => {
  const place = await newPlace();
  const [bad, a] = [await place.put('bad.png', ''), await place.put('z.png', png)];
  const { code, stderr, objects } = await lowrank(['encode', bad, a, '--json']);
  expect(code).toBe(1);
  expect(objects).toHaveLength(2);
  expect(objects[0]).toEqual({ input: bad, error: { code: 'EMPTY', message: expect.stringMatching(/\w/) } });
  expect(objects[1].output).toBe(place.at('z.lrk'));
  expect(stderr).toEqual([`${bad}: EMPTY: ${objects[0].error.message}`, '1 encoded, 1 failed']);
});

test('Several files go into the folder of -o, which is created', async () => {
  const place = await newPlace();
  const inputs = [await place.put('in/a.png', png), await place.put('in/b.png', png)];
  expect((await lowrank(['encode', ...inputs, '-o', place.at('out', 'deep')])).code).toBe(0);
  expect(await place.files()).toEqual(['in/a.png', 'in/b.png', 'out/deep/a.lrk', 'out/deep/b.lrk']);
});

test('A single file goes to -o as a file, or into it if it is a folder or ends in a slash', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  await mkdir(place.at('there'));
  for (const output of ['x.lrk', 'there', 'made/'])
    expect((await lowrank(['encode', input, '-o', `${place.root}/${output}`])).code).toBe(0);
  expect(await place.files()).toEqual(['a.png', 'made/a.lrk', 'there/a.lrk', 'x.lrk']);
});

test('--recursive keeps the tree under -o, both ways, and ignores other files', async () => {
  const place = await newPlace();
  for (const name of ['in/a.png', 'in/b/c.png', 'in/b/d/e']) await place.put(name, png);
  await place.put('in/readme.txt', 'no picture');
  await place.put('in/old.lrk', lrk);
  expect((await lowrank(['encode', place.at('in'), '-r', '-o', place.at('out')])).code).toBe(0);
  expect((await place.files()).filter(name => name.startsWith('out'))).toEqual([
    'out/a.lrk',
    'out/b/c.lrk',
    'out/b/d/e.lrk',
  ]);
  const back = await lowrank([
    'decode',
    place.at('out'),
    '--recursive',
    '-o',
    place.at('back'),
    '--format',
    'webp',
    '--json',
  ]);
  expect(back.objects.map(object => object.output)).toEqual(
    ['a.webp', 'b/c.webp', 'b/d/e.webp'].map(name => place.at('back', name)),
  );
});

test('A folder without --recursive, and a folder without pictures, are failures', async () => {
  const place = await newPlace();
  await mkdir(place.at('empty'));
  const plain = await lowrank(['encode', place.at('empty')]);
  expect([plain.code, plain.stderr[0]]).toEqual([1, expect.stringContaining('IS_DIRECTORY: a folder')]);
  const empty = await lowrank(['encode', place.at('empty'), '-r']);
  expect([empty.code, empty.stderr[0]]).toEqual([1, expect.stringContaining('NO_MATCH: no picture')]);
});

test('Globs are expanded without a shell; a glob that matches nothing is a failure among the others', async () => {
  const place = await newPlace();
  for (const name of ['in/b.png', 'in/a.png', 'in/deep/c.png']) await place.put(name, png);
  const { code, stderr, objects } = await lowrank([
    'encode',
    `${place.root}/in/**/*.png`,
    `${place.root}/*.webp`,
    '-o',
    place.at('out'),
    '--json',
  ]);
  expect(code).toBe(1);
  expect(objects.map(object => object.output ?? object.error.code)).toEqual([
    ...['a.lrk', 'b.lrk', 'deep/c.lrk'].map(name => place.at('out', name)),
    'NO_MATCH',
  ]);
  expect(stderr).toContain('3 encoded, 1 failed');
});

test('Nothing is overwritten without --force', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  await place.put('a.lrk', 'mine');
  const { code, stderr } = await lowrank(['encode', input]);
  expect([code, stderr[0]]).toEqual([
    1,
    `${input}: EXISTS: ${place.at('a.lrk')}: exists already; --force overwrites it`,
  ]);
  expect(await readFile(place.at('a.lrk'), 'utf8')).toBe('mine');
  expect((await lowrank(['encode', input, '--force'])).code).toBe(0);
  expect((await readFile(place.at('a.lrk'))).equals(Buffer.from(lrk))).toBe(true);
});

test('Two inputs of one run never share an output, even with --force', async () => {
  const place = await newPlace();
  const [first, second] = [await place.put('a.png', png), await place.put('a.webp', png)];
  const { code, stderr } = await lowrank(['encode', first, second, '--force']);
  expect(code).toBe(1);
  expect(stderr[1]).toBe(
    `${second}: COLLISION: ${place.at('a.lrk')}: is written from ${first} in the same run; -o gives it another name`,
  );
});

test('A progress bar is drawn only on a terminal; elsewhere stderr has only lines', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  const plain = await lowrank(['encode', input]);
  expect(plain.stderr.join('\n')).not.toContain('\x1b');
  // short work needs no bar on a terminal either
  const terminal = await lowrank(['encode', input, '-f'], { stderr: { isTTY: true } });
  expect(terminal.stderr).toHaveLength(1);
});
