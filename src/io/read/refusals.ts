import { IoError } from '../errors.js';
import { shortReason } from '../metadata/short-reason.js';

/** What a library says where it can do no more, though the file may be whole. */
const UNABLE =
  /not (?:supported|configured|implemented|built)|unsupported (?!image format)|unimplemented|no known route|channel limit/i;
/** A file that may be whole and cannot be read here. */
export const unsupported = (path: string, what: string, cause?: unknown): IoError =>
  new IoError('UNSUPPORTED', { path, reason: `not supported: ${what}`, cause });

/** What libraries say that says little, and what it means. */
const IN_OTHER_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Input \w+ (?:contains unsupported image format|has corrupt header:?)\s*$/, 'it is damaged or cut short'],
  // what is left of a reason where several threads read at once: libvips has one place for all of them
  [
    /^(?:(?:Unknown error|(?:\w+: )?error in tile .*|Warning treated as error .*)\s*)+$/,
    'it is damaged or cut short',
  ],
  [/bad seek to|Seek error at/, 'what it points to lies beyond the end of the file'],
];

/** The error of a library that loads pictures: what it cannot do is told from what is damaged. `fault` is better known than what the library says. */
export function loaderError(
  path: string,
  part: 'header' | 'pixels',
  error: unknown,
  fault?: string,
): IoError {
  const message = error instanceof Error ? error.message : String(error);
  if (!fault && UNABLE.test(message)) return unsupported(path, shortReason(error), error);
  const verb = part === 'header' ? 'its header cannot be read' : 'its pixels cannot be read';
  const said = shortReason(error);
  const known = IN_OTHER_WORDS.find(([pattern]) => pattern.test(message) || pattern.test(said));
  const why = fault ?? known?.[1] ?? said;
  return new IoError('DAMAGED', { path, reason: `${verb}: ${why}`, cause: error });
}
