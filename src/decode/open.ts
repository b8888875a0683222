import { crc16 } from '../bits/crc16.js';
import { crc32 } from '../bits/crc32.js';
import { RangeDecoder } from '../bits/range-decoder.js';
import { fail } from '../core/errors.js';
import { check } from '../format/check.js';
import type { Header } from '../format/header.js';
import { readHeader } from '../format/read-header.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { takeExtensions } from '../format/take-extensions.js';
import type { Step } from '../planes/schedule.js';

/** A file whose header has been read and whose checks have been made. */
export interface OpenFile {
  header: Header;
  steps: Step[];
  /** At the first step; what reads from it must open the file anew to read it again. */
  coder: RangeDecoder;
  /** The stream is bytes[start .. end), as much of it as belongs to whole layers that can be used. */
  start: number;
  end: number;
  /** Steps that this much of the stream holds. */
  count: number;
  /** Layers among them. */
  layers: number;
  /** Are all bytes of the file here? */
  complete: boolean;
  /** Bytes of the whole file, as the header states it. */
  size: number;
}

/** How a file is opened. */
export interface OpenOptions {
  /** Layers that must be here. Default 1. */
  least?: number;
  /** Leave out a damaged layer, and all after it. Default: damage is an error. */
  tolerant?: boolean | undefined;
  /** So many layers have been checked before. Default 0. */
  sound?: number | undefined;
}

/**
 * Reads the header, finds how many whole layers the bytes hold, and checks them, and all bytes where the file is whole. Throws EMPTY, NOT_LRK, VERSION,
 * TRUNCATED where the header or fewer than `least` layers are here, CORRUPT.
 */
export function openFile(
  bytes: Uint8Array,
  { least = 1, tolerant = false, sound = 0 }: OpenOptions = {},
): OpenFile {
  const { header, steps, coder, stream: start } = readHeader(bytes);
  const { compact, layers, extensions } = header;
  const { length } = bytes;
  const at = takeExtensions(bytes, extensions, true, start + layers.at(-1)!.end);
  const size = compact ? length : at + TRAILER_BYTES;
  const complete = length >= size;
  if (length > size && !tolerant) fail('CORRUPT', 'file', length, size, size);
  let end = start;
  let whole = 0;
  for (const layer of layers) {
    const next = start + layer.end;
    if (next > length) break;
    if (whole >= sound && !compact) {
      const sum = crc16(bytes, end, next);
      if (sum !== layer.check) {
        if (tolerant && whole) break;
        fail('CORRUPT', `layer ${whole + 1}`, sum, layer.check, end);
      }
    }
    end = next;
    whole++;
  }
  if (whole < least) fail('TRUNCATED', 'first layer', length, start + layers[0]!.end, length);
  if (complete && !compact && !tolerant) check(bytes, at, size, crc32(bytes, 0, at), 'checksum');
  return {
    header,
    steps,
    coder: compact ? coder : new RangeDecoder(bytes, start, end),
    start,
    end,
    count: layers[whole - 1]?.steps ?? 0,
    layers: whole,
    complete,
    size,
  };
}
