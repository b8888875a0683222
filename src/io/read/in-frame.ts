import { CodecError } from '../../core/errors.js';
import { IoError, oneLine } from '../errors.js';

/** What `read` gives; an IoError that it throws says which frame it is (from 0 on), and of which file. A CodecError LIMIT stays what it is. */
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
