import { CodecError } from '../../core/errors.js';
import { IoError, oneLine } from '../errors.js';

/** Calls `read`. An IoError that it throws then names the frame, number `index` from 0, and its file; a CodecError LIMIT is passed on. */
export async function inFrame<T>(index: number, path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CodecError && cause.code === 'LIMIT') throw cause;
    const [code, reason] =
      cause instanceof IoError ? [cause.code, cause.reason] : (['DAMAGED', oneLine(cause)] as const);
    throw new IoError(code, { path, reason: `frame ${index + 1}: ${reason}`, cause });
  }
}
