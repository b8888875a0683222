import { IoError, oneLine, systemCode } from '../errors.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EDQUOT: 'no space left (quota)',
  EFBIG: 'too large for this file system or limit',
  EEXIST: 'a part of the path is not a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the name is too long',
  EPIPE: 'closed by its reader',
};

/** Any error of writing as an IoError WRITE with its reason in words. */
export const asWriteError = (path: string, error: unknown): IoError =>
  error instanceof IoError
    ? error
    : new IoError('WRITE', { path, reason: REASONS[systemCode(error)] ?? oneLine(error), cause: error });
