import { BitReader } from '../bits/bit-reader.js';
import { crc32 } from '../bits/crc32.js';
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
  /** Whole layers among them; 0 in the compact form. */
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
  const { layout, channels, order, rank, tiles, layers, compact } = header;
  const steps = layout === 'block' ? stepsOf(channels, order, rank, tiles) : columnSteps(header);
  if (!steps) fail('CORRUPT', 'order', 'more turns than bands or columns', 'as many as the rank has');
  if (compact)
    return {
      header,
      steps,
      start,
      end: bytes.length,
      count: steps.length,
      layers: 0,
      complete: true,
      size: bytes.length,
    };
  const total = layers.reduce((sum, layer) => sum + layer.steps, 0);
  if (total !== steps.length) fail('CORRUPT', 'layer steps', total, steps.length);
  const at = start + layers.at(-1)!.end;
  const size = at + TRAILER_BYTES;
  if (bytes.length > size) fail('CORRUPT', 'file', `${bytes.length} bytes`, size, size);
  const complete = bytes.length === size;
  if (complete) {
    const stored = new BitReader(bytes, at).u(8 * TRAILER_BYTES, 'checksum');
    const sum = crc32(bytes, 0, at);
    if (stored !== sum) fail('CORRUPT', 'checksum', stored, sum, at);
  }
  const whole = layers.filter(layer => start + layer.end <= bytes.length);
  if (whole.length < least)
    fail('TRUNCATED', 'first layer', `${bytes.length} bytes`, start + layers[0]!.end, bytes.length);
  return {
    header,
    steps,
    start,
    end: start + (whole.at(-1)?.end ?? 0),
    count: whole.reduce((sum, layer) => sum + layer.steps, 0),
    layers: whole.length,
    complete,
    size,
  };
}

/** Layout `channel`: each step is the next column of its channel, a band of its own. Undefined where a channel has more turns than the rank. */
function columnSteps({ channels, order, rank }: Header): Step[] | undefined {
  const turns = new Array<number>(channels).fill(0);
  const steps = order.map(channel => {
    const turn = ++turns[channel]!;
    return { channel, thumb: false, band: turn, planes: NO_PLANES, rank: turn };
  });
  return Math.max(...turns) > rank ? undefined : steps;
}

const NO_PLANES = new Uint8Array(0);
