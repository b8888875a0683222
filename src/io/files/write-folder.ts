import { mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { IoError, systemCode } from '../errors.js';
import { makeFolders } from './make-folders.js';
import { existsError, renameToFree } from './rename-to-free.js';
import { isSameFile } from './same-file.js';
import { clearLeftovers, temporaryIn } from './temporary.js';
import type { WriteOptions } from './write-atomically.js';
import { asWriteError } from './write-error.js';

/**
 * Throws unless `names` may be made in the folder `path`: EXISTS (one is there, and no `force`), SAME_FILE (the folder is an input, or an
 * input is in one of them), WRITE. Asked before the work; `writeFolder` asks again.
 */
export async function checkFolder(
  path: string,
  names: readonly string[],
  { force, inputs = [] }: Pick<WriteOptions, 'force' | 'inputs'>,
): Promise<void> {
  const folder = await placeOf(path);
  for (const input of inputs) {
    // By its path as it is written, and where that leads.
    const inside = [relative(resolve(path), resolve(input)), relative(folder, await placeOf(input))];
    if ((await isSameFile(path, input)) || inside.some(of => names.includes(of.split(/[/\\]/)[0]!)))
      throw new IoError('SAME_FILE', { path, reason: `would overwrite its own input ${input}` });
  }
  const target = await statOf(path);
  if (target && !target.isDirectory())
    throw new IoError('WRITE', { path, reason: 'a file, where a folder is to be' });
  for (const name of force ? [] : names)
    if (await statOf(join(path, name))) throw existsError(join(path, name));
}

/** Throws EXISTS where there is a folder with something in it, and no `force`. */
export async function checkEmpty(path: string, { force }: Pick<WriteOptions, 'force'>): Promise<void> {
  if (!force && (await statOf(path))?.isDirectory() && (await readdir(path)).length > 0)
    throw new IoError('EXISTS', { path, reason: 'is not empty; force overwrites frames in it' });
}

/**
 * Makes files and folders in a folder, all of them or none: `fill` writes them into a temporary folder, from which they are moved when it is
 * done. The folder and those above it are made where they are missing; what else is in it stays. With `force` what has one of the names is
 * replaced. A process that is killed leaves a folder that was missing whole or not at all; in one that was there each file is old, new or,
 * if it is of a folder, perhaps missing.
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
  await clearLeftovers(near);
  const temporary = temporaryIn(near);
  // The first folder that is missing comes with those below it, in one step.
  const [first = '', ...below] = relative(near, resolve(path)).split(sep);
  const filled = join(temporary, ...below);
  options.onTemporary?.(temporary);
  try {
    await mkdir(temporary).catch(error => {
      throw asWriteError(path, error);
    });
    await makeFolders(filled);
    await fill(filled);
    await checkFolder(path, names, options);
    const move = async (): Promise<void> => {
      if (await statOf(path)) return moveInto(path, names, filled, options.force === true);
      if (below.length === 0 || !(await statOf(join(near, first))))
        return renameToFree(temporary, join(near, first));
      // Somebody else has made it.
      await makeFolders(dirname(resolve(path)));
      await renameToFree(filled, path);
    };
    await move().catch(error => {
      throw asWriteError(path, error);
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
    options.onTemporary?.(undefined);
  }
}

/** Where a path leads, through links; where there is nothing yet, itself. */
const placeOf = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

/** Moves what is in a temporary folder into one that is there. */
async function moveInto(
  path: string,
  names: readonly string[],
  temporary: string,
  force: boolean,
): Promise<void> {
  for (const name of names) {
    const [from, to] = [join(temporary, name), join(path, name)];
    // Of two that fill one folder, the second fails at the first name.
    if (!force) await renameToFree(from, to);
    else {
      // A file is replaced in one step, by a file.
      const [ours, theirs] = [await statOf(from), await statOf(to)];
      if (theirs && (ours?.isDirectory() || theirs.isDirectory()))
        await rename(to, join(temporary, `${name}.old`));
      await rename(from, to);
    }
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
