import { watch as watchPath } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { IoError } from '../io/index.js';

/** Changes that follow each other within this are one. */
const REST = 200;

/** Where inputs are, watched from the beginning on. */
export interface Watched {
  /** Waits until something has changed since it was asked last, or since the beginning, and then until it has been quiet for a moment. False where the signal ends it. */
  changed(): Promise<boolean>;
  /** Ends watching. */
  close(): void;
}

/**
 * Watches where the inputs are: folders with all in them, files by their folder, globs by the folder before their first magic. Throws IoError NOT_FOUND where there is no
 * such folder.
 */
export async function watchInputs(patterns: readonly string[], signal?: AbortSignal): Promise<Watched> {
  const folders = await Promise.all(patterns.map(folderOf));
  let changes = 0;
  let wake = (): void => {};
  const notice = (): void => {
    changes++;
    wake();
  };
  // A folder that goes away is no error: what was in it is missing from then on.
  const watchers = folders.map(({ folder, recursive }) =>
    watchPath(folder, { recursive }, notice).on('error', notice),
  );
  signal?.addEventListener('abort', notice);
  return {
    async changed() {
      if (!changes)
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      for (let seen = -1; seen !== changes && !signal?.aborted; ) {
        seen = changes;
        await wait(REST);
      }
      changes = 0;
      return !signal?.aborted;
    },
    close() {
      signal?.removeEventListener('abort', notice);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** What is watched for an input. */
async function folderOf(pattern: string): Promise<{ folder: string; recursive: boolean }> {
  const isDirectory = async (path: string): Promise<boolean> =>
    (await stat(path).catch(() => undefined))?.isDirectory() === true;
  if (await isDirectory(pattern)) return { folder: pattern, recursive: true };
  const recursive = /[*?[\]{}()!]/.test(pattern) && !(await stat(pattern).catch(() => undefined));
  const folder = dirname(recursive ? fixedPart(pattern) : pattern);
  if (!(await isDirectory(folder)))
    throw new IoError('NOT_FOUND', { path: pattern, reason: `no folder ${folder} to watch` });
  return { folder, recursive };
}

/** 'a/b/*.png' -> 'a/b/*': its folder is watched. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(part => /[*?[\]{}()!]/.test(part));
  return parts.slice(0, first + 1).join('/');
}
