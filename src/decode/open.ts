import { crc32 } from '../bits/crc32.js';
import { CodecError } from '../core/errors.js';
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
  /** Most bands of any channel among them. */
  bands: number;
  /** Whole layers among them; 0 in the compact form. */
  layers: number;
  /** Are all bytes of the file here? */
  complete: boolean;
  /** Bytes of the whole file, as the header states it. */
  size: number;
}

/**
 * Reads the header, finds how many whole layers the bytes hold, and checks the checksum where the file is whole. Throws EMPTY, NOT_LRK, VERSION,
 * TRUNCATED, CORRUPT.
 */
export function openFile(bytes: Uint8Array): OpenFile {
  const { header, stream: start } = readHeader(bytes);
  const steps =
    header.layout === 'block'
      ? stepsOf(header.channels, header.order, header.rank, header.tiles)
      : columnSteps(header);
  if (!steps)
    throw new CodecError('CORRUPT', {
      field: 'order',
      got: 'more turns than bands or columns',
      expected: 'as many as the rank has',
    });
  const part = header.compact ? compactPart(bytes, steps) : indexedPart(bytes, header, steps, start);
  const bands = new Array<number>(header.channels).fill(0);
  for (const step of steps.slice(0, part.count)) if (!step.thumb) bands[step.channel]!++;
  return { header, steps, start, bands: Math.max(...bands), ...part };
}

/** Layout `channel`: each step is the next column of its channel. Undefined where a channel has more turns than the rank. */
function columnSteps({ channels, order, rank }: Header): Step[] | undefined {
  const turns = new Array<number>(channels).fill(0);
  for (const channel of order) if (++turns[channel]! > rank) return undefined;
  return order.map(channel => ({ channel, thumb: false, band: 0, planes: NO_PLANES }));
}

const NO_PLANES = new Uint8Array(0);

type Part = Pick<OpenFile, 'end' | 'count' | 'layers' | 'complete' | 'size'>;

const compactPart = (bytes: Uint8Array, steps: Step[]): Part => ({
  end: bytes.length,
  count: steps.length,
  layers: 0,
  complete: true,
  size: bytes.length,
});

function indexedPart(bytes: Uint8Array, header: Header, steps: Step[], start: number): Part {
  const { layers } = header;
  const total = layers.reduce((sum, layer) => sum + layer.steps, 0);
  if (total !== steps.length)
    throw new CodecError('CORRUPT', { field: 'layer steps', got: total, expected: String(steps.length) });
  const size = start + layers.at(-1)!.end + TRAILER_BYTES;
  if (bytes.length > size)
    throw new CodecError('CORRUPT', {
      field: 'file',
      got: `${bytes.length} bytes`,
      expected: `${size}`,
      offset: size,
    });
  const complete = bytes.length === size;
  if (complete) {
    const at = size - TRAILER_BYTES;
    const stored =
      ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
    const sum = crc32(bytes, 0, at);
    if (stored !== sum)
      throw new CodecError('CORRUPT', { field: 'checksum', got: stored, expected: String(sum), offset: at });
  }
  let whole = 0;
  let count = 0;
  while (whole < layers.length && start + layers[whole]!.end <= bytes.length) count += layers[whole++]!.steps;
  if (whole === 0)
    throw new CodecError('TRUNCATED', {
      field: 'first layer',
      got: `${bytes.length} bytes`,
      expected: `${start + layers[0]!.end}`,
      offset: bytes.length,
    });
  return { end: start + layers[whole - 1]!.end, count, layers: whole, complete, size };
}
