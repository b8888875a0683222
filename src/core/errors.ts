import type { ErrorCode } from './error-codes.js';

/** Details of an error beside its code. */
export interface ErrorDetail {
  /** Name of the field or option at fault, as in codec-spec.md or the API. */
  field: string;
  /** What was found. */
  got?: unknown;
  /** What would have been right. */
  expected?: string | undefined;
  /** Byte offset in the file, if there is one. */
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
      `${code}: ${field}${said(': got ', got)}${said(', expected ', expected)}${said(', at byte ', offset)}`,
    );
    Object.assign(this, detail);
  }
}

/** A detail in words. `String`, since a template throws for a symbol. */
const said = (what: string, value: unknown): string => (value === undefined ? '' : what + String(value));

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
