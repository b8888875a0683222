import { betterName, formatOfName } from '../io/formats/image-format.js';
import { UsageError } from './terminal.js';

/** Throws UsageError, with what to write instead, where a file that gets the bytes of an .lrk file is named as a picture of another kind. */
export function checkLrkName(path: string): void {
  const better = betterName(path);
  if (better === undefined) return;
  const decoding = formatOfName(path) ? `; to make ${path} of it: lowrank decode ${better} -o ${path}` : '';
  throw new UsageError(
    `what is written is an .lrk file, and ${path} is named as another: say -o ${better}${decoding}`,
  );
}
