import { BitWriter } from '../bits/bit-writer.js';
import { crc32 } from '../bits/crc32.js';
import type { Header } from '../format/header.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { writeHeader } from '../format/write-header.js';

/** A whole file: header, stream, checksum. */
export function assemble(header: Header, stream: Uint8Array): Uint8Array {
  const head = writeHeader(header);
  const bytes = new Uint8Array(head.length + stream.length + TRAILER_BYTES);
  bytes.set(head);
  bytes.set(stream, head.length);
  const trailer = new BitWriter();
  trailer.u(32, crc32(bytes, 0, bytes.length - TRAILER_BYTES));
  bytes.set(trailer.bytes(), bytes.length - TRAILER_BYTES);
  return bytes;
}
