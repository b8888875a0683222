import { BitReader } from '../bits/bit-reader.js';
import { checksum } from '../bits/checksum.js';
import { fail } from '../core/errors.js';
import type { Header } from '../format/header.js';
import { readHeader } from '../format/read-header.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { type Step, stepsOf } from '../planes/schedule.js';

/** A file whose header has been read and whose end has been checked. */
export interface OpenFile {
  header: Header;
  steps: Step[];
  /** The stream is bytes[start .. end), as much of it as belongs to whole layers. */
  start: number;
  end: number;
  /** Steps that this much of the stream holds. */
  count: number;
  /** Whole layers among them; the compact form is one, without an entry in the header. */
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
  const { header, stream: start } = readHeader(bytes);
  const { layout, channels, order, rank, tiles, compact } = header;
  const steps = stepsOf(channels, order, rank, tiles, layout === 'channel');
  if (!steps) fail('CORRUPT', 'order');
  const { length } = bytes;
  const layers = compact ? [{ steps: steps.length, end: length - start }] : header.layers;
  const stepsTo = (count: number): number => layers.slice(0, count).reduce((sum, of) => sum + of.steps, 0);
  const total = stepsTo(layers.length);
  if (total !== steps.length) fail('CORRUPT', 'layer steps', total, steps.length);
  const at = start + layers.at(-1)!.end;
  const size = compact ? at : at + TRAILER_BYTES;
  const complete = length === size;
  if (length > size) fail('CORRUPT', 'file', length, size, size);
  if (complete && !compact) {
    const stored = new BitReader(bytes, at).u(8 * TRAILER_BYTES, 'checksum');
    const sum = checksum(bytes, at);
    if (stored !== sum) fail('CORRUPT', 'checksum', stored, sum, at);
  }
  const whole = layers.filter(layer => start + layer.end <= length).length;
  if (whole < least) fail('TRUNCATED', 'first layer', length, start + layers[0]!.end, length);
  return {
    header,
    steps,
    start,
    end: start + (layers[whole - 1]?.end ?? 0),
    count: stepsTo(whole),
    layers: whole,
    complete,
    size,
  };
}
