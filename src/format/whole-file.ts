import { crc32 } from '../bits/crc32.js';
import { bigEndian } from './big-endian.js';
import type { Extension } from './extension.js';
import { joined } from './joined.js';
import { TRAILER_BYTES } from './signature.js';

/** A whole file: a header from HeaderWriter, the coded data, the extensions after it, and the CRC-32 of everything. */
export function wholeFile(
  head: Uint8Array,
  coded: Uint8Array,
  extensions: readonly Extension[],
): Uint8Array<ArrayBuffer> {
  const behind = extensions.filter(({ type }) => type % 2 === 1).map(({ bytes }) => bytes);
  const file = joined([head, coded, ...behind]);
  return joined([file, bigEndian(crc32(file), TRAILER_BYTES)]);
}
