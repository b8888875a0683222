import type { ErrorCode } from '../core/error-codes.js';
import { CodecError } from '../core/errors.js';
import { IoError, type IoErrorCode, oneLine, systemCode } from '../io/errors.js';

/** An error in the form in which it passes from one thread to another, which classes cannot. */
export type Failure =
  | { kind: 'codec'; code: ErrorCode; field: string; got?: unknown; expected?: string; offset?: number }
  | { kind: 'io'; code: IoErrorCode; path: string; reason: string; cause?: { message: string; code: string } }
  | { kind: 'other'; message: string; stack?: string };

/** Turns an error into this form. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CodecError) {
    const { code, field, got, expected, offset } = error;
    return {
      kind: 'codec',
      code,
      field,
      ...(got !== undefined && { got: plain(got) }),
      ...(expected !== undefined && { expected }),
      ...(offset !== undefined && { offset }),
    };
  }
  if (error instanceof IoError) {
    const { code, path, reason, cause } = error;
    if (cause === undefined) return { kind: 'io', code, path, reason };
    return { kind: 'io', code, path, reason, cause: { message: oneLine(cause), code: systemCode(cause) } };
  }
  const stack = error instanceof Error ? error.stack : undefined;
  return { kind: 'other', message: oneLine(error), ...(stack !== undefined && { stack }) };
}

/** Turns it back into an error. */
export function fromFailure(failure: Failure): Error {
  switch (failure.kind) {
    case 'codec': {
      const { kind: _kind, code, ...detail } = failure;
      return new CodecError(code, detail);
    }
    case 'io': {
      const { code, path, reason, cause } = failure;
      if (!cause) return new IoError(code, { path, reason });
      const under = Object.assign(new Error(cause.message), cause.code && { code: cause.code });
      return new IoError(code, { path, reason, cause: under });
    }
    case 'other':
      return Object.assign(new Error(failure.message), failure.stack && { stack: failure.stack });
  }
}

const plain = (value: unknown): unknown =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value) ? value : String(value);
