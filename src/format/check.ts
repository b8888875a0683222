import { checksum } from '../bits/checksum.js';
import { fail } from '../core/errors.js';

/** Throws CORRUPT unless the `count` bytes from `at` on, a big-endian number, are the low bits of the checksum of all before them. */
export function check(bytes: Uint8Array, at: number, count: number, field: string): void {
  const stored = bytes.subarray(at, at + count).reduce((value, byte) => value * 256 + byte, 0);
  const sum = checksum(bytes.subarray(0, at)) % 2 ** (8 * count);
  if (stored !== sum) fail('CORRUPT', field, stored, sum, at);
}
