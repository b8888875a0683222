import { existsSync, writeFileSync } from 'node:fs';
import { link, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../../src/io/index.js';
import { temporaryFolder } from './pictures.js';

const folder = await temporaryFolder();
const bytes = Buffer.from('new');
const fresh = async (): Promise<string> => {
  const path = join(folder, String(Math.random()).slice(2));
  await mkdir(path);
  return path;
};

test('A new file is written and no temporary file is left', async () => {
  const at = await fresh();
  await writeAtomically(join(at, 'a'), bytes);
  expect(await readFile(join(at, 'a'), 'utf8')).toBe('new');
  expect(await readdir(at)).toEqual(['a']);
});

test('Existing files are replaced only with force, and keep their permissions', async () => {
  const at = await fresh();
  await writeFile(join(at, 'a'), 'old', { mode: 0o640 });
  await expect(writeAtomically(join(at, 'a'), bytes)).rejects.toMatchObject({
    code: 'EXISTS',
    path: join(at, 'a'),
  });
  expect(await readFile(join(at, 'a'), 'utf8')).toBe('old');
  await writeAtomically(join(at, 'a'), bytes, { force: true });
  expect(await readFile(join(at, 'a'), 'utf8')).toBe('new');
  expect((await stat(join(at, 'a'))).mode & 0o777).toBe(0o640);
  expect(await readdir(at)).toEqual(['a']);
});

test('A file that appears during the write is not replaced', async () => {
  const at = await fresh();
  const target = join(at, 'a');
  // the other file appears when ours is about to be created: after the first check, before the renaming
  const onTemporary = (path: string | undefined): void => {
    if (path) writeFileSync(target, 'theirs');
  };
  await expect(writeAtomically(target, bytes, { onTemporary })).rejects.toMatchObject({ code: 'EXISTS' });
  expect(await readFile(target, 'utf8')).toBe('theirs');
  expect(await readdir(at)).toEqual(['a']);
});

test('The input is never overwritten, under any of its names, even with force', async () => {
  const at = await fresh();
  const input = join(at, 'a');
  await writeFile(input, 'input');
  await symlink(input, join(at, 'soft'));
  await link(input, join(at, 'hard'));
  for (const name of ['a', 'soft', 'hard', `../${at.split('/').at(-1)}/a`])
    await expect(
      writeAtomically(join(at, name), bytes, { force: true, inputs: [input] }),
    ).rejects.toMatchObject({ code: 'SAME_FILE' });
  expect(await readFile(input, 'utf8')).toBe('input');
});

test('A symbolic link stays one, and its target is replaced', async () => {
  const at = await fresh();
  await writeFile(join(at, 'a'), 'old');
  await symlink('a', join(at, 'soft'));
  await writeAtomically(join(at, 'soft'), bytes, { force: true });
  expect((await lstat(join(at, 'soft'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(at, 'a'), 'utf8')).toBe('new');
});

test('A folder, a missing folder and a file in place of a folder have their codes', async () => {
  const at = await fresh();
  await writeFile(join(at, 'file'), '');
  await expect(writeAtomically(at, bytes, { force: true })).rejects.toMatchObject({ code: 'IS_DIRECTORY' });
  await expect(writeAtomically(join(at, 'no', 'a'), bytes)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(writeAtomically(join(at, 'file', 'a'), bytes)).rejects.toMatchObject({ code: 'WRITE' });
  await expect(
    writeAtomically(join(at, 'file', 'b', 'a'), bytes, { makeFolders: true }),
  ).rejects.toMatchObject({ code: 'WRITE' });
  await writeAtomically(join(at, 'no', 'deep', 'a'), bytes, { makeFolders: true });
  expect(await readFile(join(at, 'no', 'deep', 'a'), 'utf8')).toBe('new');
});

test.skipIf(!existsSync('/dev/full'))(
  'A full disk gives WRITE, and a device is not replaced by a file',
  async () => {
    await expect(writeAtomically('/dev/full', bytes, { force: true })).rejects.toMatchObject({
      code: 'WRITE',
      reason: 'no space left',
    });
    expect((await stat('/dev/full')).isCharacterDevice()).toBe(true);
    await writeAtomically('/dev/null', bytes);
  },
);

test('A failed write leaves no temporary file', async () => {
  const at = await fresh();
  // contents that cannot be written make the write fail after the temporary file is created
  const unwritable = { length: 3 } as unknown as Uint8Array;
  const seen: (string | undefined)[] = [];
  await expect(
    writeAtomically(join(at, 'a'), unwritable, { onTemporary: path => seen.push(path) }),
  ).rejects.toMatchObject({ code: 'WRITE' });
  expect(seen.map(path => typeof path)).toEqual(['string', 'undefined']);
  expect(await readdir(at)).toEqual([]);
});
