import { crc16 } from '../../../src/bits/crc16.js';
import { crc32 } from '../../../src/bits/crc32.js';
import { bigEndian } from '../../../src/format/big-endian.js';
import { readHeader } from '../../../src/format/read-header.js';

/** A complete picture without extensions, with another byte in its plain header and correct checks. */
export function withPlainByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const { stream } = readHeader(bytes);
  const copy = bytes.slice();
  copy[at] = byte;
  copy.set(bigEndian(crc16(copy, 0, stream - 2), 2), stream - 2);
  copy.set(bigEndian(crc32(copy, 0, copy.length - 4), 4), copy.length - 4);
  return copy;
}
