import { watch as watchPath } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Changes that follow each other within this are one. */
const REST = 200;

/**
 * Waits until something changes where the inputs are, and then until it has been quiet for a moment; again and again, until the signal ends it. Folders are
 * watched with all in them, files by their folder, globs by the folder before their first magic.
 */
export async function* changes(patterns: readonly string[], signal?: AbortSignal): AsyncGenerator<void> {
  let changed = 0;
  let wake = (): void => {};
  const notice = (): void => {
    changed++;
    wake();
  };
  const watchers = await Promise.all(patterns.map(async pattern => watchOne(pattern, notice)));
  signal?.addEventListener('abort', notice);
  try {
    while (!signal?.aborted) {
      if (!changed)
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      for (let seen = -1; seen !== changed && !signal?.aborted; ) {
        seen = changed;
        await wait(REST);
      }
      changed = 0;
      if (!signal?.aborted) yield;
    }
  } finally {
    signal?.removeEventListener('abort', notice);
    for (const watcher of watchers) watcher.close();
  }
}

async function watchOne(pattern: string, notice: () => void): Promise<ReturnType<typeof watchPath>> {
  const stats = await stat(pattern).catch(() => undefined);
  const isGlob = !stats && /[*?[\]{}()!]/.test(pattern);
  const folder = stats?.isDirectory() ? pattern : dirname(isGlob ? fixedPart(pattern) : pattern);
  const watcher = watchPath(folder, { recursive: stats?.isDirectory() === true || isGlob }, notice);
  // A folder that goes away is no error: what was in it is missing from then on.
  return watcher.on('error', notice);
}

/** 'a/b/*.png' -> 'a/b/*': its folder is watched. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(part => /[*?[\]{}()!]/.test(part));
  return parts.slice(0, first + 1).join('/');
}
