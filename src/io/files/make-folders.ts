import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemCode } from '../errors.js';
import { asWriteError } from './write-error.js';

/** Makes a folder and any missing ones above it. Throws IoError WRITE. */
export async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw asWriteError(path, systemCode(error) === 'ENOENT' ? await why(resolve(path), error) : error);
  }
}

/** Why a folder cannot be made. Node reports ENOENT where the file system is read-only: the first missing folder tells the real reason. */
async function why(path: string, error: unknown): Promise<unknown> {
  let missing = path;
  while (dirname(missing) !== missing && !(await stat(dirname(missing)).catch(() => undefined)))
    missing = dirname(missing);
  return mkdir(missing).then(
    () => error,
    cause => cause,
  );
}
