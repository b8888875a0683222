import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { systemCode } from '../errors.js';

/** What opening a file that is not there, or that may not be read, comes to. */
const NOTHING = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EACCES',
  'EPERM',
  'ELOOP',
  'ENAMETOOLONG',
  'EINVAL',
]);

/** Without following a link that came since, or waiting for who writes into a pipe. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads files of a folder by the path of a URL, such as '/photos/a.lrk': what `createHandler` of `lowrank/serve` takes. It gives undefined for what is not there, is no plain file, has a name in its path
 * that begins with a dot, may not be read, or lies outside of the folder, through a link as well. Files of more than `maxBytes` (default 256 MiB) are not served either.
 */
export function folderReader(
  folder: string,
  { maxBytes = 2 ** 28 }: { maxBytes?: number } = {},
): (path: string) => Promise<Uint8Array | undefined> {
  return async path => {
    const names = path.split('/').filter(name => name);
    if (names.some(name => name.startsWith('.') || /[\\\0:]/.test(name))) return undefined;
    try {
      const root = await realpath(folder);
      const place = await realpath(join(root, ...names));
      if (!place.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
      const file = await open(place, READ);
      try {
        const found = await file.stat();
        return found.isFile() && found.size <= maxBytes ? await file.readFile() : undefined;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (NOTHING.has(systemCode(error) ?? '')) return undefined;
      throw error;
    }
  };
}
