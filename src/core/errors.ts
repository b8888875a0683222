/** What can go wrong, as a frozen list: a code never changes its meaning and is never reused. */
export const ERROR_CODES = Object.freeze([
  'EMPTY', // no bytes at all
  'NOT_LRK', // the signature is not that of an .lrk file
  'VERSION', // a version this decoder does not know
  'TRUNCATED', // the bytes end before the first layer does
  'CORRUPT', // a value that no encoder writes: reserved bit, padding, checksum, impossible field
  'LIMIT', // the picture is larger than the limit in force
  'OPTION', // an option of the call is not what the call takes
  'RASTER', // the raster's data do not fit its dimensions
  'TARGET', // the target (bytes, PSNR) cannot be met by this picture
  'ABORTED', // the caller's signal asked to stop
] as const);

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What an error can say beside its code. */
export interface ErrorDetail {
  /** Name of the field or option at fault, as in codec-spec.md or the API. */
  field: string;
  /** What was found there. */
  got?: unknown;
  /** What would have been right. */
  expected?: string | undefined;
  /** Byte offset in the file, where there is one. */
  offset?: number | undefined;
}

/** The one error class of the package. Its message says field, got, expected and offset. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
  declare readonly field: string;
  declare readonly got: unknown;
  declare readonly expected: string | undefined;
  declare readonly offset: number | undefined;

  constructor(
    readonly code: ErrorCode,
    detail: ErrorDetail,
  ) {
    const { field, got, expected, offset } = detail;
    super(
      `${code}: ${field}${said(': got', got)}${said(', expected', expected)}${said(', at byte', offset)}`,
    );
    Object.assign(this, detail);
  }
}

const said = (what: string, value: unknown): string =>
  value === undefined ? '' : `${what} ${String(value)}`;

/** Throws a CodecError; for readers, whose errors all have the same four details. */
export function fail(
  code: ErrorCode,
  field: string,
  got?: unknown,
  expected?: unknown,
  offset?: number,
): never {
  throw new CodecError(code, { field, got, expected: expected?.toString(), offset });
}
