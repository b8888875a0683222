import { betterName, formatOfName } from '../io/formats/image-format.js';
import { UsageError } from './terminal.js';

/** Throws UsageError, with a better name, if an .lrk file is to be written under the name of another kind of picture. */
export function checkLrkName(path: string): void {
  const better = betterName(path);
  if (better === undefined) return;
  const decoding = formatOfName(path) ? `; to make ${path} of it: lowrank decode ${better} -o ${path}` : '';
  throw new UsageError(
    `the output is an .lrk file, but ${path} has the name of another format: use -o ${better}${decoding}`,
  );
}
