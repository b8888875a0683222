import { BitReader } from '../bits/bit-reader.js';
import { checksum } from '../bits/checksum.js';
import { fail } from '../core/errors.js';
import { CHECK_BITS, FRAME_SIZE_ORDER } from './header.js';

/** The bytes of one frame. */
export interface Section {
  /** No bytes where the frame says nothing: what was left stays. */
  stream: Uint8Array;
  /** Offset of the next section. */
  end: number;
}

/** Reads the section of frame `index` (from 0 on) at byte `at`; the mirror of writeSection. Undefined where it is not all here. Throws CORRUPT. */
export function readSection(bytes: Uint8Array, at: number, index: number): Section | undefined {
  const field = `frame ${index + 1}`;
  // The size takes eight bytes at most.
  if (at >= bytes.length || (at + 8 > bytes.length && !wholeSize(bytes, at))) return undefined;
  const bits = new BitReader(bytes, at);
  const size = bits.ue(FRAME_SIZE_ORDER, `${field}: bytes`);
  bits.align(`${field}: padding`);
  const start = bits.offset;
  const end = start + (size && size + CHECK_BITS / 8);
  if (end > bytes.length) return undefined;
  const stream = bits.take(size, field);
  if (size) {
    const sum = checksum(stream) % 2 ** CHECK_BITS;
    const check = bits.u(CHECK_BITS, field);
    if (check !== sum) fail('CORRUPT', `${field}: check`, check, sum, start + size);
  }
  return { stream, end };
}

/** Is a size there to its last bit? It begins with as many zeros as it has bits above FRAME_SIZE_ORDER + 1, halved. */
function wholeSize(bytes: Uint8Array, at: number): boolean {
  let zeros = 0;
  while (at + (zeros >> 3) < bytes.length && !((bytes[at + (zeros >> 3)]! << (zeros & 7)) & 128)) zeros++;
  return at + Math.ceil((2 * zeros + 1 + FRAME_SIZE_ORDER) / 8) <= bytes.length;
}
