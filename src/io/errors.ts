/** What can go wrong with files, as a frozen list: a code never changes its meaning and is never reused. */
export const IO_ERROR_CODES = Object.freeze([
  'NOT_FOUND', // no such file or folder
  'NO_MATCH', // a pattern or folder in which nothing was found
  'IS_DIRECTORY', // a folder where a file was asked for
  'UNREADABLE', // the file is there and cannot be read: permission, device, size
  'UNSUPPORTED', // not an image this package reads, or a picture the format cannot hold
  'DAMAGED', // an image of a known format whose pixels cannot be decoded
  'EXISTS', // the output is there already and overwriting was not asked for
  'SAME_FILE', // the output is the input
  'COLLISION', // two inputs of one run would be written to the same output
  'FRAMES', // pictures that make no clip: too few, or not alike
  'WRITE', // the output cannot be written: permission, full disk, closed pipe
] as const);

export type IoErrorCode = (typeof IO_ERROR_CODES)[number];

/** Details of an error beside its code. */
export interface IoErrorDetail {
  /** The file, folder or pattern at fault; '-' for stdin or stdout, '(bytes)' for bytes passed in. */
  path: string;
  /** What is wrong with it, in words. */
  reason: string;
  /** The error underneath, where there is one. */
  cause?: unknown;
}

/** The error of everything that touches files. Its message holds code, path and reason. */
export class IoError extends Error {
  readonly code: IoErrorCode;
  readonly path: string;
  readonly reason: string;

  constructor(code: IoErrorCode, detail: IoErrorDetail) {
    super(
      `${code}: ${detail.path}: ${detail.reason}`,
      detail.cause === undefined ? undefined : { cause: detail.cause },
    );
    this.name = 'IoError';
    this.code = code;
    this.path = detail.path;
    this.reason = detail.reason;
  }
}

/** The system's code of an error, such as 'ENOENT', or '' if it has none. Errors may come from another realm, as Node's own do in Jest. */
export const systemCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** The message of an error of any realm; a thrown value that is no error, as text. */
export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** The message of any error in one line: libraries put lists into theirs. */
export function oneLine(error: unknown): string {
  const line = messageOf(error)
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(/:$/, '');
  return line || 'unknown error';
}
