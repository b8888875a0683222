import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemCode } from '../errors.js';
import { asWriteError } from './write-error.js';

/** Makes a folder and those above it that are missing. Throws IoError WRITE. */
export async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw asWriteError(path, systemCode(error) === 'ENOENT' ? await why(resolve(path), error) : error);
  }
}

/** Node says ENOENT where the file system is read-only: what the first folder that is missing cannot be made for. */
async function why(path: string, error: unknown): Promise<unknown> {
  let missing = path;
  while (dirname(missing) !== missing && !(await stat(dirname(missing)).catch(() => undefined)))
    missing = dirname(missing);
  return mkdir(missing).then(
    () => error,
    cause => cause,
  );
}
