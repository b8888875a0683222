import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { IoError, systemCode } from '../errors.js';
import { isSameFile } from './same-file.js';
import { asWriteError, type WriteOptions } from './write-atomically.js';

/**
 * Throws unless `names` may be made in the folder `path`: EXISTS (one is there, and no `force`), SAME_FILE (the folder is an input, or an
 * input is in one of them), WRITE. Asked before the work; `writeFolder` asks again.
 */
export async function checkFolder(
  path: string,
  names: readonly string[],
  { force, inputs = [] }: Pick<WriteOptions, 'force' | 'inputs'>,
): Promise<void> {
  for (const input of inputs) {
    const [first] = relative(resolve(path), resolve(input)).split(/[/\\]/);
    if ((await isSameFile(path, input)) || names.includes(first!))
      throw new IoError('SAME_FILE', { path, reason: `would overwrite its own input ${input}` });
  }
  const target = await statOf(path);
  if (target && !target.isDirectory())
    throw new IoError('WRITE', { path, reason: 'a file, where a folder is to be' });
  for (const name of force ? [] : names)
    if (await statOf(join(path, name)))
      throw new IoError('EXISTS', {
        path: join(path, name),
        reason: 'exists already; force overwrites it',
      });
}

/**
 * Makes files and folders in a folder, all of them or none: `fill` writes them into a temporary folder, from which they are moved when it is
 * done. The folder and those above it are made where they are missing; what else is in it stays. With `force` what has one of the names is
 * replaced.
 *
 * Throws what `fill` throws, and IoError as `checkFolder` does; nothing is left of what was begun.
 */
export async function writeFolder(
  path: string,
  names: readonly string[],
  fill: (folder: string) => Promise<void>,
  options: Omit<WriteOptions, 'makeFolders'> = {},
): Promise<void> {
  await checkFolder(path, names, options);
  let near = resolve(path);
  while (!(await statOf(near))) near = dirname(near);
  const temporary = join(near, `.lowrank-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  options.onTemporary?.(temporary);
  try {
    await mkdir(temporary).catch(error => {
      throw asWriteError(path, error);
    });
    await fill(temporary);
    await checkFolder(path, names, options);
    await moveInto(path, names, temporary).catch(error => {
      throw asWriteError(path, error);
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
    options.onTemporary?.(undefined);
  }
}

async function moveInto(path: string, names: readonly string[], temporary: string): Promise<void> {
  await mkdir(path, { recursive: true });
  for (const name of names) {
    const to = join(path, name);
    if (await statOf(to)) await rename(to, join(temporary, `${name}.old`));
    await rename(join(temporary, name), to);
  }
}

async function statOf(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw asWriteError(path, error);
  }
}
