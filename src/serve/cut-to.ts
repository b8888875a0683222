import { CodecError } from '../core/errors.js';
import { truncate } from '../decode/truncate.js';
import { SCALES } from '../format/header.js';
import { readHeader } from '../format/read-header.js';
import { isSequence } from '../sequence/is-sequence.js';
import type { Query } from './read-query.js';

/**
 * Cuts a file to what a picture of the requested size needs; returns the file itself if it has no smaller one, or was cut
 * before the end of that size. Throws CodecError if it is damaged, or not an .lrk file.
 */
export function cutTo(bytes: Uint8Array, query: Query): Uint8Array {
  const { width, height } = query;
  if ((!width && !height && (query.scale ?? 1) === 1) || isSequence(bytes)) return bytes;
  const { header } = readHeader(bytes);
  const scale =
    query.scale ??
    SCALES.find(
      candidate =>
        Math.ceil(header.width / candidate) >= width && Math.ceil(header.height / candidate) >= height,
    );
  if (!scale || scale === 1 || header.compact) return bytes;
  try {
    return truncate(bytes, { scale: scale as 2 | 4 | 8 });
  } catch (error) {
    if (error instanceof CodecError && error.code === 'TARGET') return bytes;
    throw error;
  }
}
