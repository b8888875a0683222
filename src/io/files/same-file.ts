import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * Do two paths lead to one file, through symbolic and hard links too (same device and inode)? A path that does not exist is only equal to
 * itself.
 */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  if (resolve(a) === resolve(b)) return true;
  const [left, right] = await Promise.all(
    [a, b].map(path => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return left !== undefined && right !== undefined && left.dev === right.dev && left.ino === right.ino;
}
