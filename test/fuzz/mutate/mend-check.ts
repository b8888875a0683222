import { type CodecError, inspect, inspectSequence, isSequence } from 'lowrank';
import { crc16 } from '../../../src/bits/crc16.js';
import { crc32 } from '../../../src/bits/crc32.js';
import { bigEndian } from '../../../src/format/big-endian.js';
import { CHECK_BYTES } from '../../../src/format/header.js';
import { TRAILER_BYTES } from '../../../src/format/signature.js';

/**
 * Corrects the check of a header, whatever else is wrong with it, so that more than its first bytes are read of a damaged file; and the
 * trailer if the whole file is present. The check follows the last bytes that the header's coder takes: if these include the check, it is
 * corrected again. Changes the bytes, and returns them.
 */
export function mendCheck(bytes: Uint8Array): Uint8Array {
  for (let attempt = 0; attempt < 4; attempt++)
    try {
      if (isSequence(bytes) && inspectSequence(bytes).complete) mendTrailer(bytes);
      else inspect(bytes);
      break;
    } catch (error) {
      const { field, offset } = error as CodecError;
      if (field === 'checksum') mendTrailer(bytes);
      if (field !== 'header check') break;
      bytes.set(bigEndian(crc16(bytes, 0, offset), CHECK_BYTES), offset);
    }
  return bytes;
}

function mendTrailer(bytes: Uint8Array): void {
  const at = bytes.length - TRAILER_BYTES;
  if (at > 0) bytes.set(bigEndian(crc32(bytes, 0, at), TRAILER_BYTES), at);
}
