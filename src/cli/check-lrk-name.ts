import { betterName, formatOfName } from '../io/formats/image-format.js';
import { UsageError } from './terminal.js';

/** Throws UsageError, with a better name, if an .lrk file is to be written under the name of another kind of picture. */
export function checkLrkName(path: string): void {
  const better = betterName(path);
  if (better === undefined) return;
  const decoding = formatOfName(path) ? `; to make ${path} of it: lowrank decode ${better} -o ${path}` : '';
  throw new UsageError(
    `what is written is an .lrk file, and ${path} is named as another: say -o ${better}${decoding}`,
  );
}
