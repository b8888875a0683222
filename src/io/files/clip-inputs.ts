import { stat } from 'node:fs/promises';
import { IoError } from '../errors.js';
import { expandInputs } from './expand-inputs.js';

/** 'f2' before 'f10', the same in every locale of the machine. */
const natural = new Intl.Collator('en', { numeric: true });

/**
 * The files of a clip in the order of their frames. A folder stands for the pictures directly in it. Files from a folder or a glob are
 * sorted by name, numbers in names by value. So are files named one by one in the plain order of names, which a shell's glob leaves; any
 * other order is kept. Throws IoError NOT_FOUND, NO_MATCH or UNREADABLE.
 */
export async function clipInputs(patterns: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const pattern of patterns) {
    const isFolder = (await stat(pattern).catch(() => undefined))?.isDirectory() === true;
    const items = await expandInputs([pattern], { recursive: true });
    const found: string[] = [];
    for (const item of items) {
      if (!isFolder && 'error' in item) throw item.error;
      if (!('error' in item) && !(isFolder && /[/\\]/.test(item.relative))) found.push(item.path);
    }
    if (found.length === 0)
      throw new IoError('NO_MATCH', {
        path: pattern,
        reason: 'no frames: there is no picture in this folder',
      });
    paths.push(
      ...(items.some(item => !('error' in item) && item.named) ? found : found.sort(natural.compare)),
    );
  }
  const asSorted = paths.every((path, i) => i === 0 || paths[i - 1]! <= path);
  return asSorted ? paths.sort(natural.compare) : paths;
}
