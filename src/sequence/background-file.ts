import { isSequence } from './is-sequence.js';
import { readSequenceHeader } from './read-header.js';

/** The file of a sequence's first picture, its background; any other file is returned unchanged. Throws as readSequenceHeader. */
export function backgroundFile(bytes: Uint8Array): Uint8Array {
  if (!isSequence(bytes)) return bytes;
  const { header, start } = readSequenceHeader(bytes);
  return bytes.subarray(start, start + header.sizes[0]!);
}
