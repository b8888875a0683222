import { IoError } from '../errors.js';
import { shortReason } from '../metadata/short-reason.js';

/** What a library says where it can do no more, though the file may be whole. */
const UNABLE =
  /not (?:supported|configured|implemented|built)|unsupported (?!image format)|unimplemented|no known route|channel limit/i;
/** A file that may be whole and cannot be read here. */
export const unsupported = (path: string, what: string, cause?: unknown): IoError =>
  new IoError('UNSUPPORTED', { path, reason: `not supported: ${what}`, cause });

/** The error of a library that loads pictures: what it cannot do is told from what is damaged. */
export function loaderError(path: string, part: 'header' | 'pixels', error: unknown): IoError {
  const message = error instanceof Error ? error.message : String(error);
  if (UNABLE.test(message)) return unsupported(path, shortReason(error), error);
  const verb = part === 'header' ? 'its header cannot be read' : 'its pixels cannot be read';
  return new IoError('DAMAGED', { path, reason: `${verb}: ${shortReason(error)}`, cause: error });
}
