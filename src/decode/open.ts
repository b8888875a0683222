import { RangeDecoder } from '../bits/range-decoder.js';
import { fail } from '../core/errors.js';
import { check } from '../format/check.js';
import type { Header } from '../format/header.js';
import { readHeader } from '../format/read-header.js';
import { TRAILER_BYTES } from '../format/signature.js';
import type { Step } from '../planes/schedule.js';

/** A file whose header has been read and whose end has been checked. */
export interface OpenFile {
  header: Header;
  steps: Step[];
  /** At the first step; what reads from it must open the file anew to read it again. */
  coder: RangeDecoder;
  /** The stream is bytes[start .. end), as much of it as belongs to whole layers. */
  start: number;
  end: number;
  /** Steps that this much of the stream holds. */
  count: number;
  /** Whole layers among them. */
  layers: number;
  /** Are all bytes of the file here? */
  complete: boolean;
  /** Bytes of the whole file, as the header states it. */
  size: number;
}

/**
 * Reads the header, finds how many whole layers the bytes hold, and checks the checksum where the file is whole. Throws EMPTY, NOT_LRK, VERSION,
 * TRUNCATED where the header or fewer than `least` layers are here, CORRUPT.
 */
export function openFile(bytes: Uint8Array, least = 1): OpenFile {
  const { header, steps, coder, stream: start } = readHeader(bytes);
  const { compact, layers } = header;
  const { length } = bytes;
  const trailer = compact ? 0 : TRAILER_BYTES;
  const at = start + layers.at(-1)!.end;
  const size = at + trailer;
  const complete = length === size;
  if (length > size) fail('CORRUPT', 'file', length, size, size);
  if (complete) check(bytes, at, trailer, 'checksum');
  const whole = layers.filter(layer => start + layer.end <= length);
  if (whole.length < least) fail('TRUNCATED', 'first layer', length, start + layers[0]!.end, length);
  const last = whole.at(-1);
  const end = start + (last?.end ?? 0);
  return {
    header,
    steps,
    coder: compact ? coder : new RangeDecoder(bytes, start, end),
    start,
    end,
    count: last?.steps ?? 0,
    layers: whole.length,
    complete,
    size,
  };
}
