import { link, mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFolder, writeFolder } from '../../src/io/files/write-folder.js';
import { encodeImage, writeAtomically } from '../../src/io/index.js';
import { lowrank, newPlace } from '../cli/harness.js';
import { picture } from '../unit/io/pictures.js';

const WRITERS = 12;
const writers = Array.from({ length: WRITERS }, (_, i) => i);
const contentOf = (i: number): Buffer => Buffer.alloc(50_000, `${i},`);

/** How many of some writers succeeded, and the codes of the others. */
async function outcomes(work: Promise<unknown>[]): Promise<[number, string[]]> {
  const settled = await Promise.allSettled(work);
  const failed = settled.filter(one => one.status === 'rejected').map(({ reason }) => reason.code as string);
  return [settled.length - failed.length, failed];
}

test('When many processes create one file at once, one succeeds and the others find that it exists', async () => {
  const place = await newPlace();
  const path = place.at('a');
  const [done, failed] = await outcomes(writers.map(i => writeAtomically(path, contentOf(i))));
  expect([done, new Set(failed)]).toEqual([1, new Set(['EXISTS'])]);
  const found = await readFile(path);
  expect(writers.filter(i => contentOf(i).equals(found))).toHaveLength(1);
  expect(await place.files()).toEqual(['a']);
});

test('When many processes replace one file at once, the last one wins, with a whole file', async () => {
  const place = await newPlace();
  const path = await place.put('a', 'old');
  const work = writers.map(i => writeAtomically(path, contentOf(i), { force: true }));
  expect(await outcomes(work)).toEqual([WRITERS, []]);
  const found = await readFile(path);
  expect(writers.filter(i => contentOf(i).equals(found))).toHaveLength(1);
  expect(await place.files()).toEqual(['a']);
});

test.each([
  'missing',
  'there',
])('When many processes fill one folder at once that is %s, one succeeds, and nothing is mixed', async state => {
  const place = await newPlace();
  const path = place.at('to/folder');
  if (state === 'there') await mkdir(path, { recursive: true });
  const names = ['1', '2', '3', 'more'];
  const work = writers.map(i =>
    writeFolder(path, names, async folder => {
      for (const name of names.slice(0, 3)) await writeFile(join(folder, name), contentOf(i));
      await mkdir(join(folder, 'more'));
      await writeFile(join(folder, 'more/4'), contentOf(i));
    }),
  );
  const [done, failed] = await outcomes(work);
  expect([done, new Set(failed)]).toEqual([1, new Set(['EXISTS'])]);
  expect(await place.files()).toEqual(['1', '2', '3', 'more/4'].map(name => `to/folder/${name}`));
  const contents = await Promise.all((await place.files()).map(name => readFile(place.at(name), 'utf8')));
  expect(new Set(contents).size).toBe(1);
});

test('Missing folders appear with their contents or not at all, even when several processes make them', async () => {
  const place = await newPlace();
  const fill = (folder: string): Promise<void> => writeFile(join(folder, 'a'), 'a');
  const failing = writeFolder(place.at('x/y/z'), ['a'], async folder => {
    await fill(folder);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow(/^no$/);
  expect(await readdir(place.root)).toEqual([]);
  // Another process creates one of them while this one is filled.
  await writeFolder(place.at('x/y/z'), ['a'], async folder => {
    await fill(folder);
    await mkdir(place.at('x/other'), { recursive: true });
  });
  expect((await readdir(place.root, { recursive: true })).sort()).toEqual([
    'x',
    'x/other',
    'x/y',
    'x/y/z',
    'x/y/z/a',
  ]);
});

test('A folder is not filled onto its own inputs, whatever links lead to it', async () => {
  const place = await newPlace();
  const input = await place.put('clip/masks/1.png', 'a');
  await symlink(place.at('clip'), place.at('link'));
  await expect(
    checkFolder(place.at('link'), ['masks'], { inputs: [input], force: true }),
  ).rejects.toMatchObject({
    code: 'SAME_FILE',
  });
  await checkFolder(place.at('link'), ['frames'], { inputs: [input], force: true });
});

test('A picture is not written onto its input under another name', async () => {
  const place = await newPlace();
  const png = Buffer.from((await encodeImage(picture(9, 7, 3, 8))).bytes);
  const input = await place.put('a.png', png);
  expect((await lowrank(['encode', input])).code).toBe(0);
  const lrk = await readFile(place.at('a.lrk'));
  for (const [of, name] of [
    ['a.png', 'hard.lrk'],
    ['a.lrk', 'cut.lrk'],
  ] as const)
    await link(place.at(of), place.at(name));
  await symlink('a.png', place.at('soft.lrk'));
  const attempts = [
    ['encode', 'a.png', '-o', 'hard.lrk'],
    ['encode', 'a.png', '-o', 'soft.lrk'],
    ['truncate', 'a.lrk', '--rank', '1', '-o', 'cut.lrk'],
  ];
  for (const [command, from, ...rest] of attempts) {
    const args = rest.map(text => (text.endsWith('.lrk') ? place.at(text) : text));
    const { code, stderr } = await lowrank([command!, place.at(from!), ...args, '--force']);
    expect([code, stderr[0]]).toEqual([1, expect.stringContaining('SAME_FILE')]);
  }
  expect(await readFile(input)).toEqual(png);
  expect(await readFile(place.at('a.lrk'))).toEqual(lrk);
});

test('The leftovers of a dead process are removed by the next one; files that others still need stay', async () => {
  const place = await newPlace();
  const seen: string[] = [];
  const onTemporary = (path: string | undefined) => void (path && seen.push(path));
  await writeAtomically(await place.put('first/a', ''), contentOf(1), { force: true, onTemporary });
  const [, here] = /\.lowrank-(\w+)-/.exec(seen[0]!)!;
  const nameOf = (where: string, pid: number): string => `second/.lowrank-${where}-${pid}-0123456789ab.tmp`;
  const gone = nameOf(here!, 2 ** 22 + 1); // No process of Linux has this number
  const elsewhere = here === '00000000' ? '11111111' : '00000000';
  const [living, strange, ancient] = [
    nameOf(here!, process.ppid),
    nameOf(elsewhere, 7),
    nameOf(elsewhere, 8),
  ];
  for (const name of [gone, living, strange, ancient, 'second/.lowrank-mine.tmp']) await place.put(name, 'x');
  await place.put(`${nameOf(here!, 2 ** 22 + 2)}/001.png`, 'x');
  await utimes(place.at(ancient), 0, 0);
  // Older than the process that has its number now, as far as the system tells.
  if (process.platform === 'linux') {
    const reused = living.replace('0123456789ab', 'ba9876543210');
    await place.put(reused, 'x');
    await utimes(place.at(reused), 1, 1);
  }
  const png = (await encodeImage(picture(9, 7, 3, 8))).bytes;
  await place.put('second/a.png', png);
  const { code, stderr } = await lowrank(['encode', place.at('second'), '-r', '-o', place.at('third')]);
  // They do not count as skipped pictures.
  expect([code, stderr.length]).toEqual([0, 3]);
  await writeAtomically(place.at('second/b'), contentOf(1));
  const left = ['.lowrank-mine.tmp', 'a.png', 'b', living.slice(7), strange.slice(7)];
  expect((await readdir(place.at('second'))).sort()).toEqual(left.sort());
});
