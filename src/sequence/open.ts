import { CodecError, fail } from '../core/errors.js';
import { openFile } from '../decode/open.js';
import type { Header } from '../format/header.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { checkFactor } from './check-factor.js';
import type { SequenceHeader } from './header.js';
import { readSequenceHeader } from './read-header.js';

/** A sequence whose header and first factor's header have been read. */
export interface OpenSequence {
  header: SequenceHeader;
  /** The header of the first factor's picture: the frames use its colour basis. */
  picture: Header;
  /** The files of the factors' pictures, as far as they are here; the last may be cut short. */
  pictures: Uint8Array[];
  /** Offset of the first frame's section. */
  start: number;
  /** Bytes after the last frame: extensions, and the CRC-32 of everything before it. */
  behind: number;
}

/**
 * Reads the headers of a sequence, or of a prefix that holds the first layer of its background. Throws as readSequenceHeader and openFile.
 */
export function openSequence(bytes: Uint8Array): OpenSequence {
  const { header, start: first } = readSequenceHeader(bytes);
  let start = first;
  const pictures = header.sizes.map(size => bytes.subarray(start, (start += size)));
  if (!pictures[0]!.length) fail('TRUNCATED', 'background', 0, header.sizes[0], first);
  const { header: picture } = openFile(pictures[0]!);
  checkFactor(picture, header, 1);
  let behind = TRAILER_BYTES;
  for (const { type, length } of header.extensions) if (type % 2) behind += length;
  return { header, picture, pictures: pictures.filter(file => file.length), start, behind };
}

/** The same while bytes still arrive: undefined if there are too few, unless it is their `end`. */
export function openPrefix(bytes: Uint8Array, end = false): OpenSequence | undefined {
  try {
    return openSequence(bytes);
  } catch (error) {
    if (!end && error instanceof CodecError && (error.code === 'TRUNCATED' || error.code === 'EMPTY'))
      return undefined;
    throw error;
  }
}
