import { readFile } from 'node:fs/promises';
import { CodecError } from '../../core/errors.js';
import { kindOf } from '../../core/kind-of.js';
import { IoError, oneLine, systemCode } from '../errors.js';

/**
 * The whole of a file. Throws IoError NOT_FOUND, IS_DIRECTORY or UNREADABLE.
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw readError(path, error);
  }
}

/** Are these bytes? They may come from another realm. */
export const isBytes = (source: unknown): source is Uint8Array => kindOf(source) === 'Uint8Array';

/** Throws CodecError OPTION for anything but a path or bytes. */
export function checkSource(source: unknown): asserts source is string | Uint8Array {
  if (typeof source !== 'string' && !isBytes(source))
    throw new CodecError('OPTION', {
      field: 'source',
      got: kindOf(source),
      expected: 'a path or a Uint8Array',
    });
}

/** The bytes of a source: a file is read, bytes are returned. Throws CodecError OPTION if it is neither, and what `read` throws. */
export async function bytesOf(
  source: string | Uint8Array,
  read: (path: string) => Promise<Uint8Array> = readBytes,
): Promise<Uint8Array> {
  if (typeof source === 'string') return read(source);
  checkSource(source);
  return source;
}

/** The error that readBytes throws for a file that cannot be read. */
export function readError(path: string, error: unknown): IoError {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new IoError('NOT_FOUND', { path, reason: 'no such file', cause: error });
    case 'EISDIR':
      return new IoError('IS_DIRECTORY', { path, reason: 'a folder, not a file', cause: error });
    case 'EACCES':
    case 'EPERM':
      return new IoError('UNREADABLE', { path, reason: 'permission denied', cause: error });
    default:
      return new IoError('UNREADABLE', { path, reason: oneLine(error), cause: error });
  }
}
