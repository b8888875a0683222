import { fsync, type Stats } from 'node:fs';
import { open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { IoError, systemCode } from '../errors.js';
import { makeFolders } from './make-folders.js';
import { existsError, renameToFree } from './rename-to-free.js';
import { isSameFile } from './same-file.js';
import { clearLeftovers, temporaryIn } from './temporary.js';
import { asWriteError } from './write-error.js';

export interface TargetOptions {
  /** Replace an existing file. Default false. */
  force?: boolean;
  /** Inputs, which must not be overwritten under any name. */
  inputs?: readonly string[];
  /** Make missing folders. Default false: a missing folder is then NOT_FOUND. */
  makeFolders?: boolean;
}

export interface WriteOptions extends TargetOptions {
  /** Called with the temporary file's path before it is made, and with undefined when it is gone; for signal handlers. */
  onTemporary?: (path: string | undefined) => void;
}

/** What exists at an output path, if anything. */
async function statTarget(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw asWriteError(path, error);
  }
}

/**
 * Throws unless `path` may be written: SAME_FILE, IS_DIRECTORY, EXISTS, NOT_FOUND (no folder for it), WRITE. Called before the work, so
 * that nothing is computed in vain; `writeAtomically` checks again.
 */
export async function checkTarget(path: string, options: TargetOptions = {}): Promise<Stats | undefined> {
  for (const input of options.inputs ?? [])
    if (await isSameFile(path, input))
      throw new IoError('SAME_FILE', { path, reason: 'would overwrite its own input' });
  const target = await statTarget(path);
  if (target?.isDirectory()) throw new IoError('IS_DIRECTORY', { path, reason: 'a folder, not a file' });
  if (target?.isFile() && !options.force) throw existsError(path);
  if (!target && !options.makeFolders && !(await statTarget(dirname(path)))?.isDirectory())
    throw new IoError('NOT_FOUND', { path, reason: `no folder ${dirname(path)} to write it in` });
  return target;
}

/**
 * Writes a file whole or not at all: to a temporary file beside it, flushed, then renamed. Without `force` nothing is overwritten, even if
 * it appears in the meantime. Devices and pipes are written directly. A process that is killed can leave the temporary file; the next that
 * writes into the folder removes it.
 *
 * Throws IoError as `checkTarget` does, and WRITE (permission, full disk); no temporary file is left then.
 */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const target = await checkTarget(path, options);
  if (target && !target.isFile()) {
    await writeFile(path, bytes).catch(error => {
      throw asWriteError(path, error);
    });
    return;
  }
  const folder = dirname(path);
  if (options.makeFolders) await makeFolders(folder);
  // A symbolic link stays; the file it leads to is replaced.
  const real = target ? await realpath(path) : path;
  await clearLeftovers(dirname(real));
  const temporary = temporaryIn(dirname(real));
  options.onTemporary?.(temporary);
  try {
    await writeTemporary(temporary, bytes, target?.mode);
    if (options.force) await rename(temporary, real);
    else await renameToFree(temporary, real);
  } catch (error) {
    await unlink(temporary).catch(() => {}); // it may not exist yet; the first error is the one to report
    throw error instanceof IoError ? error : asWriteError(path, error);
  } finally {
    options.onTemporary?.(undefined);
  }
}

async function writeTemporary(path: string, bytes: Uint8Array, mode: number | undefined): Promise<void> {
  const file = await open(path, 'wx', mode === undefined ? 0o666 : mode & 0o777);
  try {
    await file.writeFile(bytes);
    // A full disk may only show here. By the descriptor: the handles of Yarn's Plug'n'Play cannot do it.
    await promisify(fsync)(file.fd).catch(error => {
      // Node's permission model forbids it, whatever may be written.
      if (systemCode(error) !== 'ERR_ACCESS_DENIED') throw error;
    });
  } finally {
    await file.close();
  }
}
