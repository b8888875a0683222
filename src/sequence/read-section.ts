import { crc16 } from '../bits/crc16.js';
import { fail } from '../core/errors.js';
import { check } from '../format/check.js';
import { CHECK_BYTES } from '../format/header.js';

/** The bytes of one frame. */
export interface Section {
  /** Empty if the frame codes nothing: what was left stays. */
  stream: Uint8Array;
  /** Offset of the next section. */
  end: number;
}

/** Most bytes of a size. */
const SIZE_BYTES = 5;

/**
 * Reads the section of frame `index` (from 0) at byte `at`; the mirror of writeSection. Undefined if it is not all here. Throws CORRUPT.
 */
export function readSection(bytes: Uint8Array, at: number, index: number): Section | undefined {
  const field = `frame ${index + 1}`;
  let size = 0;
  let start = at;
  for (let more = true; more; ) {
    if (start - at === SIZE_BYTES) fail('CORRUPT', `${field}: bytes`, size, 'less', at);
    const byte = bytes[start++];
    if (byte === undefined) return undefined;
    size = size * 128 + (byte & 127);
    more = byte > 127;
  }
  const from = start + size;
  const end = from + (size && CHECK_BYTES);
  if (end > bytes.length) return undefined;
  if (size) check(bytes, from, end, crc16(bytes, at, from), `${field}: check`);
  return { stream: bytes.subarray(start, from), end };
}
