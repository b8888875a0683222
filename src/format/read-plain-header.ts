import { fail } from '../core/errors.js';
import { KINDS, type Kind, PLAIN_BYTES, type PlainHeader } from './plain-header.js';
import { beginsWith, checkMajor, SIGNATURE } from './signature.js';

/** Reads the plain header of a file of this kind; the mirror of writePlainHeader. Throws EMPTY, NOT_LRK, TRUNCATED, VERSION, CORRUPT. */
export function readPlainHeader(bytes: Uint8Array, kind: Kind): PlainHeader {
  if (!beginsWith(bytes, SIGNATURE))
    fail(
      !beginsWith(SIGNATURE, bytes) ? 'NOT_LRK' : bytes.length ? 'TRUNCATED' : 'EMPTY',
      'signature',
      [...bytes.subarray(0, SIGNATURE.length)],
      SIGNATURE,
    );
  const { length } = bytes;
  if (length < PLAIN_BYTES) fail('TRUNCATED', 'header', length, PLAIN_BYTES, length);
  const [, , , , is, version, channels, bitDepth] = bytes as unknown as number[];
  checkMajor(version! >> 4);
  const expected = KINDS.indexOf(kind);
  if (is !== expected) fail('NOT_LRK', 'kind', is, `${expected}, a ${kind}`, 4);
  const side = (at: number): number => bytes[at]! * 256 + bytes[at + 1]!;
  const header = { channels, bitDepth, width: side(8), height: side(10) } as PlainHeader;
  if (!(channels! > 0 && channels! < 5)) fail('CORRUPT', 'channels', channels, '1 to 4', 6);
  if (bitDepth !== 8 && bitDepth !== 16) fail('CORRUPT', 'bitDepth', bitDepth, '8 or 16', 7);
  if (!(header.width && header.height)) fail('CORRUPT', 'width x height', 0, 'pixels', 8);
  return header;
}
