import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { systemCode } from '../errors.js';

/** System errors for a file that does not exist or may not be read. */
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

/** Does not follow a link that has appeared since, or wait for a writer of a pipe. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads files in a folder by the path of a URL, such as '/photos/a.lrk': the argument of `createHandler` in `lowrank/serve`. Gives
 * undefined for what does not exist, is no plain file, has a name in its path that begins with a dot, may not be read, or lies outside the
 * folder, even through a link. Files larger than `maxBytes` (default 256 MiB) are not served either. Stops reading with an AbortError once
 * `signal` of the request is aborted.
 */
export function folderReader(
  folder: string,
  { maxBytes = 2 ** 28 }: { maxBytes?: number } = {},
): (path: string, request?: { signal?: AbortSignal }) => Promise<Uint8Array | undefined> {
  return async (path, { signal } = {}) => {
    const names = path.split('/').filter(name => name);
    if (names.some(name => name.startsWith('.') || /[\\\0:]/.test(name))) return undefined;
    try {
      const root = await realpath(folder);
      const place = await realpath(join(root, ...names));
      if (!place.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
      const file = await open(place, READ);
      try {
        const found = await file.stat();
        return found.isFile() && found.size <= maxBytes ? await file.readFile({ signal }) : undefined;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (NOTHING.has(systemCode(error) ?? '')) return undefined;
      throw error;
    }
  };
}
