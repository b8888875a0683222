import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { decode } from '../../src/index.js';
import { encodeImage } from '../../src/io/index.js';
import { picture, smooth } from '../unit/io/pictures.js';
import { lowrank, newPlace, type Place } from './harness.js';

const pngOf = async (width: number, height: number): Promise<Uint8Array> =>
  (await encodeImage(smooth(width, height))).bytes;

/** Six pictures of different sizes, and a bad one, under in/. */
async function fill(place: Place): Promise<void> {
  for (let i = 0; i < 6; i++) await place.put(`in/${'abcdef'[i]}.png`, await pngOf(8 + i, 12));
  await place.put('in/bad.png', 'text');
}

const made = async (place: Place): Promise<string[]> =>
  (await place.files()).filter(name => name.endsWith('.lrk'));

/** When each file was last written. */
const times = async (place: Place): Promise<number[]> =>
  Promise.all((await made(place)).map(async name => (await stat(place.at(name))).mtimeMs));

test('Threads make the same files as one thread, and reports come in the order of the inputs', async () => {
  const place = await newPlace();
  await fill(place);
  const run = (jobs: string) =>
    lowrank(['encode', place.at('in'), '-r', '-o', place.at(`out${jobs}`), '-j', jobs, '--json']);
  const [one, three] = [await run('1'), await run('3')];
  expect([one.code, three.code]).toEqual([1, 1]);
  expect(three.objects.map(object => object.input)).toEqual(one.objects.map(object => object.input));
  expect(three.objects.map(object => object.error?.code)).toEqual(
    one.objects.map(object => object.error?.code),
  );
  for (const name of 'abcdef')
    expect(await readFile(place.at(`out3/${name}.lrk`))).toEqual(
      await readFile(place.at(`out1/${name}.lrk`)),
    );
  const back = await lowrank(['decode', place.at('out1'), '-r', '-o', place.at('back'), '-j', '2']);
  expect([back.code, back.stderr.at(-1)]).toEqual([0, '6 decoded, 0 failed']);
});

test('--update skips files that are up to date in content, settings and version, and makes the rest again', async () => {
  const place = await newPlace();
  await fill(place);
  const run = (...more: string[]) =>
    lowrank(['encode', place.at('in'), '-r', '-o', place.at('out'), '--update', ...more]);
  expect((await run()).stderr.at(-1)).toBe('6 encoded, 1 failed');
  const before = await times(place);
  const again = await run();
  expect([again.code, again.stderr.at(-1)]).toEqual([1, '0 encoded, 6 up to date, 1 failed']);
  expect(await times(place)).toEqual(before);
  // New content under the old name, the old content under a new name, and a missing output.
  await place.put('in/a.png', await pngOf(40, 40));
  await place.put('in/g.png', await pngOf(20, 10));
  await rm(place.at('out/c.lrk'));
  expect((await run()).stderr.at(-1)).toBe('3 encoded, 4 up to date, 1 failed');
  expect(decode(await readFile(place.at('out/a.lrk'))).width).toBe(40);
  expect((await run('--quality', '50')).stderr.at(-1)).toBe('7 encoded, 1 failed');
});

test('--update leaves alone a file that it did not make or that was changed since', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', await pngOf(16, 16));
  await place.put('a.lrk', 'mine');
  const run = (...more: string[]) => lowrank(['encode', input, '--update', ...more]);
  expect((await run()).stderr[0]).toContain('EXISTS');
  expect((await run('--force')).code).toBe(0);
  expect((await run()).stderr).toEqual([`${input} -> ${place.at('a.lrk')}: up to date`]);
  await writeFile(place.at('a.lrk'), 'mine again');
  expect((await run()).stderr[0]).toContain('EXISTS');
});

test('Files that a run made beside its inputs are not among those that the next run passes over', async () => {
  const place = await newPlace();
  await place.put('in/a.png', await pngOf(8, 8));
  await place.put('in/other.lrk', await readFile(new URL('../../samples/tiny-1x1.lrk', import.meta.url)));
  const args = ['encode', place.at('in'), '-r', '--update'];
  await lowrank(args);
  expect((await lowrank(args)).stderr).toEqual([
    `${place.at('in/a.png')} -> ${place.at('in/a.lrk')}: up to date`,
    `${place.at('in/other.lrk')}: skipped: an .lrk file`,
    '0 encoded, 1 up to date, 0 failed, 1 skipped',
  ]);
  expect((await lowrank(['decode', place.at('in'), '-r', '--format', 'jpeg'])).code).toBe(0);
  const again = await lowrank(['decode', place.at('in'), '-r', '--format', 'jpeg', '-f', '--json']);
  expect(again.objects.flatMap(({ skipped, input }) => (skipped ? [input] : []))).toEqual([
    place.at('in/a.png'),
  ]);
});

test('A record whose last line was cut short is read up to there', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', await pngOf(16, 16));
  await lowrank(['encode', input, '-u']);
  const record = await readFile(place.at('.lowrank.jsonl'), 'utf8');
  await writeFile(place.at('.lowrank.jsonl'), record + record.slice(0, 30));
  expect((await lowrank(['encode', input, '-u'])).stderr[0]).toMatch(/up to date$/);
  await writeFile(place.at('.lowrank.jsonl'), record.slice(0, 30));
  expect((await lowrank(['encode', input, '-u'])).stderr[0]).toContain('EXISTS');
  // The next entry does not end up on that line.
  expect((await lowrank(['encode', input, '-u', '--force'])).code).toBe(0);
  expect((await lowrank(['encode', input, '-u'])).stderr[0]).toMatch(/up to date$/);
});

test('--dry-run says what would be done, and writes nothing', async () => {
  const place = await newPlace();
  await fill(place);
  await mkdir(place.at('out'));
  await place.put('out/b.lrk', 'mine');
  const before = await place.files();
  const { code, objects, stderr } = await lowrank([
    'encode',
    place.at('in'),
    '-r',
    '-o',
    place.at('out'),
    '--dry-run',
    '--json',
  ]);
  expect(await place.files()).toEqual(before);
  expect(code).toBe(1);
  expect(objects.map(({ action, error }) => action ?? error.code)).toEqual([
    'make',
    'EXISTS',
    ...Array<string>(5).fill('make'),
  ]);
  expect(stderr.at(-1)).toBe('0 encoded, 1 failed');
});

test('--resize fits pictures of all kinds into a box, never enlarges, and keeps their kind', async () => {
  const place = await newPlace();
  for (const [name, channels, bitDepth] of [
    ['rgb', 3, 8],
    ['rgba16', 4, 16],
    ['grey', 1, 8],
    ['greya', 2, 8],
    ['greya16', 2, 16],
  ] as const) {
    const input = await place.put(
      `${name}.png`,
      (await encodeImage(picture(24, 16, channels, bitDepth))).bytes,
    );
    for (const [box, width, height] of [
      ['12x12', 12, 8],
      ['x4', 6, 4],
      ['600x', 24, 16],
    ] as const) {
      const [object] = (
        await lowrank(['encode', input, '--resize', box, '-f', '--json', '-o', place.at('x.lrk')])
      ).objects;
      expect(object).toMatchObject({ width, height, channels, bitDepth });
    }
  }
  expect((await lowrank(['encode', 'a.png', '--resize', '30'])).code).toBe(2);
  expect((await lowrank(['encode', 'a.png', '--resize', '30x30', '--widths', '10'])).code).toBe(2);
});

test('--resize averages when it shrinks: a flat picture stays flat, and transparent pixels do not bleed into colour', async () => {
  const place = await newPlace();
  const data = new Uint8Array(40 * 40 * 4);
  for (let i = 0; i < 1600; i++) data.set(i % 40 < 20 ? [200, 100, 50, 255] : [0, 0, 0, 0], 4 * i);
  const png = await encodeImage({ width: 40, height: 40, channels: 4, bitDepth: 8, data });
  const input = await place.put('half.png', png.bytes);
  await lowrank(['encode', input, '--resize', '20x', '--quality', '95']);
  const small = decode(await readFile(place.at('half.lrk')));
  expect([...small.data.slice(0, 4)].map((v, i) => Math.abs(v - [200, 100, 50, 255][i]!) < 6)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('--widths makes a file for each width, with the width in its name', async () => {
  const place = await newPlace();
  const input = await place.put('in/a.png', await pngOf(64, 32));
  const { objects } = await lowrank([
    'encode',
    input,
    '--widths',
    '48,16,400',
    '-o',
    `${place.at('out')}/`,
    '--json',
  ]);
  expect(objects.map(({ output, width }) => [output, width])).toEqual([
    [place.at('out/a-16.lrk'), 16],
    [place.at('out/a-48.lrk'), 48],
    [place.at('out/a-400.lrk'), 64],
  ]);
  expect((await lowrank(['encode', input, '--widths', '16', '-o', place.at('b.lrk')])).code).toBe(0);
  expect(await made(place)).toContain('b-16.lrk');
});

test('--watch follows pictures that come and change, and does not report the others again', async () => {
  const place = await newPlace();
  await place.put('in/a.png', await pngOf(16, 16));
  await place.put('in/bad.png', 'text');
  const controller = new AbortController();
  const run = lowrank(['encode', place.at('in'), '-r', '-o', place.at('out'), '--watch', '--json'], {
    signal: controller.signal,
  });
  const until = async (name: string, width: number): Promise<void> => {
    for (;;) {
      const bytes = await readFile(place.at(name)).catch(() => undefined);
      if (bytes && decode(bytes).width === width) return;
      await wait(50);
    }
  };
  await until('out/a.lrk', 16);
  await place.put('in/deep/b.png', await pngOf(24, 24));
  await until('out/deep/b.lrk', 24);
  await place.put('in/a.png', await pngOf(32, 16));
  await until('out/a.lrk', 32);
  await wait(1000);
  controller.abort();
  const { objects } = await run;
  expect(objects.map(({ output, error }) => output ?? error.code)).toEqual([
    place.at('out/a.lrk'),
    'UNSUPPORTED',
    place.at('out/deep/b.lrk'),
    place.at('out/a.lrk'),
  ]);
});

test('--watch does not miss pictures that come during its first pass, and says so if there is nothing to watch', async () => {
  const place = await newPlace();
  await place.put('in/a.png', await pngOf(500, 400));
  const controller = new AbortController();
  const run = lowrank(['encode', place.at('in'), '-r', '-o', place.at('out'), '--watch'], {
    signal: controller.signal,
  });
  await wait(300);
  await place.put('in/b.png', await pngOf(24, 24));
  while (!(await made(place)).includes('out/b.lrk')) await wait(50);
  controller.abort();
  expect((await run).code).toBe(0);
  const { code, stderr } = await lowrank(['encode', place.at('none/*.png'), '--watch']);
  expect([code, stderr]).toEqual([
    1,
    [`error: ${place.at('none/*.png')}: no folder ${place.at('none')} to watch`],
  ]);
});

test('--watch ends when the reader of its objects goes away', async () => {
  const place = await newPlace();
  await place.put('in/a.png', await pngOf(8, 8));
  const args = ['encode', place.at('in'), '-r', '-o', place.at('out'), '--watch'];
  const reader = { stdout: { limit: 10 } };
  expect((await lowrank([...args, '--json'], reader)).code).toBe(0);
});
