import { extname } from 'node:path';
import { formatOfName, isNamedOtherwise } from '../io/formats/image-format.js';
import { UsageError } from './terminal.js';

/** Throws UsageError, with what to write instead, where a file that gets the bytes of an .lrk file is named as a picture of another kind. */
export function checkLrkName(path: string): void {
  if (!isNamedOtherwise(path)) return;
  const named = path.slice(0, path.length - extname(path).length);
  const decoding = formatOfName(path)
    ? `; to make ${path} of it: lowrank decode ${named}.lrk -o ${path}`
    : '';
  throw new UsageError(
    `what is written is an .lrk file, and ${path} is named as another: say -o ${named}.lrk${decoding}`,
  );
}
