import * as files from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { expandInputs, writeAtomically } from '../../../src/io/index.js';
import { temporaryFolder } from './pictures.js';

// Bun gives names alone if they are wanted as bytes. The handles of Yarn's Plug'n'Play cannot be flushed.
vi.mock('node:fs/promises', async original => {
  const { readdir, open, ...rest } = await original<typeof files>();
  return {
    ...rest,
    readdir: async (path: string) => {
      if (basename(path) === 'locked') throw new TypeError('options:\n not known');
      return readdir(path, { encoding: 'buffer' });
    },
    open: async (...args: Parameters<typeof open>) => {
      const file = await open(...args);
      const sync = (): never => {
        throw new Error('Method not implemented.');
      };
      return Object.assign(file, { sync, datasync: sync });
    },
  };
});

test('The files of a folder are found by their names alone, and links are not followed', async () => {
  const root = await temporaryFolder();
  await files.mkdir(join(root, 'deep'));
  for (const name of ['a.png', 'deep/b.png']) await files.writeFile(join(root, name), '');
  await files.symlink('.', join(root, 'loop'));
  await files.symlink('missing', join(root, 'broken.png'));
  const skipped: string[] = [];
  const onSkip = (_: string, reason: string): unknown => skipped.push(reason);
  const found = await expandInputs([root], { recursive: true, onSkip });
  expect(found.map(item => 'relative' in item && item.relative)).toEqual(['a.png', join('deep', 'b.png')]);
  expect(skipped).toEqual(['a broken link', 'a link to a folder']);
});

test('A folder that cannot be read is reported with the words of the error if it has no code', async () => {
  const locked = join(await temporaryFolder(), 'locked');
  await files.mkdir(locked);
  const [failure] = await expandInputs([locked], { recursive: true });
  expect(failure).toMatchObject({ error: { code: 'UNREADABLE', reason: 'options: not known' } });
});

test('A file is written and flushed by its descriptor', async () => {
  const path = join(await temporaryFolder(), 'a.lrk');
  await writeAtomically(path, Uint8Array.of(1, 2, 3));
  expect([...(await files.readFile(path))]).toEqual([1, 2, 3]);
});
