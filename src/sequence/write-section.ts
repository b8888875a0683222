import { crc16 } from '../bits/crc16.js';
import { bigEndian } from '../format/big-endian.js';
import { CHECK_BYTES } from '../format/header.js';
import { joined } from '../format/joined.js';

/** A frame's bytes after their size, with the check of both; the mirror of readSection. */
export function writeSection(stream: Uint8Array): Uint8Array {
  const size = [stream.length % 128];
  for (let rest = stream.length >> 7; rest; rest >>= 7) size.unshift((rest % 128) + 128);
  const section = joined([Uint8Array.from(size), stream]);
  return stream.length ? joined([section, bigEndian(crc16(section), CHECK_BYTES)]) : section;
}
