import { BitWriter } from '../bits/bit-writer.js';
import { checksum } from '../bits/checksum.js';
import { CHECK_BITS, FRAME_SIZE_ORDER } from './header.js';

/** A frame's bytes behind their size, with their check; the mirror of readSection. */
export function writeSection(stream: Uint8Array): Uint8Array {
  const head = new BitWriter();
  head.ue(FRAME_SIZE_ORDER, stream.length);
  const size = head.bytes();
  const check = new BitWriter();
  if (stream.length) check.u(CHECK_BITS, checksum(stream) % 2 ** CHECK_BITS);
  const out = new Uint8Array(size.length + stream.length + check.length);
  out.set(size);
  out.set(stream, size.length);
  out.set(check.bytes(), size.length + stream.length);
  return out;
}
