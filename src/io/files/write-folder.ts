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
 * Throws unless `names` may be made in the folder `path`: EXISTS (one exists, and no `force`), SAME_FILE (the folder is an input, or an
 * input is in one of them), WRITE. Called before the work; `writeFolder` checks again.
 */
export async function checkFolder(
  path: string,
  names: readonly string[],
  { force, inputs = [] }: Pick<WriteOptions, 'force' | 'inputs'>,
): Promise<void> {
  const folder = await placeOf(path);
  for (const input of inputs) {
    // Compares both the path as written and where it leads.
    const inside = [relative(resolve(path), resolve(input)), relative(folder, await placeOf(input))];
    if ((await isSameFile(path, input)) || inside.some(inner => names.includes(inner.split(/[/\\]/)[0]!)))
      throw new IoError('SAME_FILE', { path, reason: `would overwrite its own input ${input}` });
  }
  const target = await statOf(path);
  if (target && !target.isDirectory())
    throw new IoError('WRITE', { path, reason: 'a file where a folder should be' });
  for (const name of force ? [] : names)
    if (await statOf(join(path, name))) throw existsError(join(path, name));
}

/** Throws EXISTS if the folder exists and is not empty, unless `force` is set. */
export async function checkEmpty(path: string, { force }: Pick<WriteOptions, 'force'>): Promise<void> {
  if (!force && (await statOf(path))?.isDirectory() && (await readdir(path)).length > 0)
    throw new IoError('EXISTS', { path, reason: 'is not empty; force overwrites frames in it' });
}

/**
 * Makes files and folders in a folder, all of them or none. `fill` writes them into a temporary folder; when it is done, they are moved to
 * their place. The folder and those above it are made if missing; other files in it stay. With `force`, existing ones of the same names are
 * replaced. If the process is killed, a new folder is whole or absent. In an existing folder each file is old or new, or perhaps missing if
 * it is in a subfolder.
 *
 * Throws what `fill` throws, and IoError as `checkFolder` does; nothing is left then.
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
  // The first missing folder is moved with those below it, in one step.
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
      // Another process has made it.
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

/** Where a path leads, through links; the path itself if nothing is there yet. */
const placeOf = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

/** Moves the content of a temporary folder into an existing one. */
async function moveInto(
  path: string,
  names: readonly string[],
  temporary: string,
  force: boolean,
): Promise<void> {
  for (const name of names) {
    const [from, to] = [join(temporary, name), join(path, name)];
    // If two processes fill one folder, the second fails at the first name.
    if (!force) await renameToFree(from, to);
    else {
      // A file can be replaced by a file in one step.
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
