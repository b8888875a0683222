import { fail } from '../core/errors.js';

/** Throws OPTION for anything but a Uint8Array, such as an ArrayBuffer, a promise or a path. */
export function checkBytes(bytes: Uint8Array): void {
  if (!bytes?.subarray) fail('OPTION', 'bytes', bytes, 'a Uint8Array');
}
