import { link, rename, stat, unlink } from 'node:fs/promises';
import { IoError, systemCode } from '../errors.js';

/**
 * Renames a file or folder to a name that is free. Never replaces anything but an empty folder: if two processes want one name, one gets
 * it. Throws IoError EXISTS, and what the system throws.
 */
export async function renameToFree(from: string, to: string): Promise<void> {
  try {
    await link(from, to); // fails where the name is taken, in one step
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw existsError(to);
    // a folder, or a file system without hard links: look, then rename
    const there = await stat(to).catch(() => undefined);
    if (there && !there.isDirectory()) throw existsError(to);
    await rename(from, to).catch(cause => {
      throw ['EEXIST', 'ENOTEMPTY', 'EISDIR', 'ENOTDIR'].includes(systemCode(cause))
        ? existsError(to)
        : cause;
    });
    return;
  }
  await unlink(from);
}

/** The error for a path that exists already. */
export const existsError = (path: string): IoError =>
  new IoError('EXISTS', { path, reason: 'exists already; force overwrites it' });
