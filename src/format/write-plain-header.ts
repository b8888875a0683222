import { KINDS, type Kind, type PlainHeader } from './plain-header.js';
import { SIGNATURE, VERSION } from './signature.js';

/** Writes the first bytes of a file; the mirror of readPlainHeader. */
export function writePlainHeader(kind: Kind, { channels, bitDepth, width, height }: PlainHeader): Uint8Array {
  return Uint8Array.of(
    ...SIGNATURE,
    KINDS.indexOf(kind),
    VERSION.major * 16 + VERSION.minor,
    channels,
    bitDepth,
    width >> 8,
    width,
    height >> 8,
    height,
  );
}
