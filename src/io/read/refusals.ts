import { IoError, messageOf } from '../errors.js';
import { shortReason } from '../metadata/short-reason.js';

/** Messages of libraries that cannot read a file, though it may be intact. */
const UNABLE =
  /not (?:supported|configured|implemented|built)|unsupported (?!image format)|unimplemented|no known route|channel limit|exceeds \S+ pixel limit/i;
/** The error for a file that may be intact but cannot be read here. */
export const unsupported = (path: string, what: string, cause?: unknown): IoError =>
  new IoError('UNSUPPORTED', { path, reason: `not supported: ${what}`, cause });

/** Uninformative messages of libraries, and what they mean. */
const IN_OTHER_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Input \w+ (?:contains unsupported image format|has corrupt header:?)\s*$/, 'it is damaged or cut short'],
  // what remains of a reason when several threads read at once: libvips has one place for all of them
  [
    /^(?:(?:Unknown error|(?:\w+: )?error in tile .*|Warning treated as error .*)\s*)+$/,
    'it is damaged or cut short',
  ],
  [/bad seek to|Seek error at/, 'what it points to lies beyond the end of the file'],
];

/** The error for a failed loader: distinguishes unsupported files from damaged ones. `fault`, if given, says more than the library. */
export function loaderError(
  path: string,
  part: 'header' | 'pixels',
  error: unknown,
  fault?: string,
): IoError {
  const message = messageOf(error);
  if (!fault && UNABLE.test(message)) return unsupported(path, shortReason(error), error);
  const verb = part === 'header' ? 'its header cannot be read' : 'its pixels cannot be read';
  const said = shortReason(error);
  const known = IN_OTHER_WORDS.find(([pattern]) => pattern.test(message) || pattern.test(said));
  const why = fault ?? known?.[1] ?? said;
  return new IoError('DAMAGED', { path, reason: `${verb}: ${why}`, cause: error });
}
