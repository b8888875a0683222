import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encode } from '../../../src/encode/encode.js';
import { encodeImage, expandInputs } from '../../../src/io/index.js';
import { smooth, temporaryFolder } from './pictures.js';

const root = await temporaryFolder();
const png = (await encodeImage(smooth(4, 4))).bytes;
const lrk = encode(smooth(4, 4));
await mkdir(join(root, 'deep', 'er'), { recursive: true });
await mkdir(join(root, 'empty'));
for (const [name, content] of [
  ['b.png', png],
  ['a.png', png],
  ['B.PNG', 'damaged'],
  ['odd[1].png', png],
  ['picture-without-extension', png],
  ['notes.txt', 'no picture'],
  ['old.lrk', lrk],
  ['lrk-without-extension', lrk],
  ['.hidden.png', png],
  ['deep/c.jpg', png],
  ['deep/er/d.png', png],
] as const)
  await writeFile(join(root, name), content);
await symlink('..', join(root, 'deep', 'loop'));
await symlink(join('er', 'd.png'), join(root, 'deep', 'z-link.png'));

const at = (...parts: string[]): string => join(root, ...parts);
const relatives = async (...args: Parameters<typeof expandInputs>): Promise<string[]> =>
  (await expandInputs(...args)).map(item =>
    'error' in item ? `${item.error.code} ${item.path}` : item.relative,
  );

test('Named files are taken in order, whatever they hold, once each', async () => {
  expect(await relatives([at('notes.txt'), at('a.png'), at('deep', '..', 'a.png'), '-', '-'])).toEqual([
    'notes.txt',
    'a.png',
    '-',
  ]);
});

test('A file name with glob characters is first taken literally', async () => {
  expect(await relatives([at('odd[1].png')])).toEqual(['odd[1].png']);
});

test('A glob is expanded in the order of code units, and keeps the tree below its fixed part', async () => {
  expect(await relatives([`${root}/**/[a-d]*.{png,jpg}`])).toEqual([
    'a.png',
    'b.png',
    'deep/c.jpg',
    'deep/er/d.png',
  ]);
  expect(await relatives([`${root}/deep/*.*`])).toEqual(['c.jpg', 'z-link.png']);
});

test('A range of numbers in a glob is one of numbers, as in shells, not of characters', async () => {
  const folder = await temporaryFolder();
  for (const number of ['1', '8', '9', '10', '11', '100', '09', '010'])
    await writeFile(join(folder, `f${number}.png`), png);
  const numbered = (range: string) => relatives([`${folder}/f${range}.png`]);
  expect(await numbered('{8..10}')).toEqual(['f10.png', 'f8.png', 'f9.png']);
  expect(await numbered('{11..9}')).toEqual(['f10.png', 'f11.png', 'f9.png']);
  expect(await numbered('{08..10}')).toEqual(['f09.png', 'f10.png']);
  expect(await numbered('{008..100}')).toEqual(['f010.png', 'f100.png']);
  expect(await numbered('{1..10..3}')).toEqual(['f1.png', 'f10.png']);
  expect(await numbered('{9..9}')).toEqual(['f9.png']);
  expect(await numbered('{2..7}')).toEqual([`NO_MATCH ${folder}/f{2..7}.png`]);
});

test('A pattern, a name or a folder that gives nothing is a failure', async () => {
  expect(await relatives([`${root}/*.webp`, at('none.png'), at('a.png')])).toEqual([
    `NO_MATCH ${root}/*.webp`,
    `NOT_FOUND ${at('none.png')}`,
    'a.png',
  ]);
  expect(await relatives([at('deep')])).toEqual([`IS_DIRECTORY ${at('deep')}`]);
  expect(await relatives([at('empty')], { recursive: true })).toEqual([`NO_MATCH ${at('empty')}`]);
});

test('A folder gives pictures by content or by name, in order, without hidden files and loops', async () => {
  expect(await relatives([root], { recursive: true })).toEqual([
    'B.PNG',
    'a.png',
    'b.png',
    'deep/c.jpg',
    'deep/er/d.png',
    'deep/z-link.png',
    'odd[1].png',
    'picture-without-extension',
  ]);
});

test('A folder gives .lrk files if those are wanted', async () => {
  expect(await relatives([root], { recursive: true, wanted: 'lrk' })).toEqual([
    'lrk-without-extension',
    'old.lrk',
  ]);
});

test('Named files are told from found ones', async () => {
  const items = await expandInputs([at('a.png'), `${root}/b.*`, at('deep')], { recursive: true });
  expect(items.map(item => 'named' in item && item.named)).toEqual([true, false, false, false, false]);
});
