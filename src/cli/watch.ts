import { watch as watchPath } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { IoError } from '../io/index.js';

/** Changes closer together than this count as one. */
const REST = 200;

/** Watches the places of inputs, from its creation on. */
export interface Watched {
  /**
   * Waits until something has changed since the last call, or since the start, and then until it has been quiet for a moment. False if the
   * signal ended it.
   */
  changed(): Promise<boolean>;
  /** Ends watching. */
  close(): void;
}

/**
 * Watches the places of inputs: folders with everything in them, files by their folder, globs by the folder before their first special
 * character. Throws IoError NOT_FOUND if there is no such folder.
 */
export async function watchInputs(patterns: readonly string[], signal?: AbortSignal): Promise<Watched> {
  const folders = await Promise.all(patterns.map(folderOf));
  let changes = 0;
  let wake = (): void => {};
  const notice = (): void => {
    changes++;
    wake();
  };
  // A folder that disappears is no error: its files are then missing.
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

/** The folder to watch for an input. */
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
