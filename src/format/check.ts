import { fail } from '../core/errors.js';

/** Throws CORRUPT unless the bytes from `at` to `end`, a big-endian number, equal `sum`. */
export function check(bytes: Uint8Array, at: number, end: number, sum: number, field: string): void {
  const stored = bytes.subarray(at, end).reduce((value, byte) => value * 256 + byte, 0);
  if (stored !== sum) fail('CORRUPT', field, stored, sum, at);
}
