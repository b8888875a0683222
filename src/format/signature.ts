import { fail } from '../core/errors.js';
import { checkBytes } from './check-bytes.js';

/**
 * First bytes of pictures and sequences: the multiplication sign of ISO 8859-1, for the product U V^T, an L, and a line end. A transfer as
 * text, which strips the high bit or changes line ends, damages them.
 */
export const SIGNATURE = Uint8Array.of(0xd7, 0x4c, 0x0d, 0x0a);
/** First bytes of the compact form, for placeholders: not text in any encoding. */
export const COMPACT_SIGNATURE = Uint8Array.of(0xd7, 0xf0);

/** The version that this code writes. It reads all files of the same major version: later minor versions only add extensions. */
export const VERSION = { major: 1, minor: 0 } as const;
/** Bits of the major version in the compact form, which has no minor one. */
export const VERSION_BITS = 4;

/** Bytes of the CRC-32 that ends a whole file. */
export const TRAILER_BYTES = 4;

/** Throws VERSION unless this is the major version that can be read here. */
export function checkMajor(major: number): void {
  if (major !== VERSION.major) fail('VERSION', 'version', major, VERSION.major);
}

/** Do these bytes begin with `start`? Every reader asks this first: throws OPTION for anything but a Uint8Array. */
export function beginsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  checkBytes(bytes);
  return start.every((byte, i) => bytes[i] === byte);
}
