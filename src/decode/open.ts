import { crc16 } from '../bits/crc16.js';
import { crc32 } from '../bits/crc32.js';
import { RangeDecoder } from '../bits/range-decoder.js';
import { fail } from '../core/errors.js';
import { check } from '../format/check.js';
import { type Header, SCALES } from '../format/header.js';
import { joined } from '../format/joined.js';
import { endOf } from '../format/ranges.js';
import { readHeader } from '../format/read-header.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { takeExtensions } from '../format/take-extensions.js';
import type { Step } from '../planes/schedule.js';
import type { Region } from './region.js';
import { type Shown, shownBy } from './shown.js';

/** A file whose header has been read and checked. */
export interface OpenFile {
  header: Header;
  steps: Step[];
  /** A coder at the first step of the n-th ranges of the layers; each call begins at the start. */
  coder: (n: number) => RangeDecoder;
  /**
   * The bytes that such a coder reads, from `start` on: its ranges one after the other, up to the last layer that the scale uses.
   */
  source: (n: number) => Uint8Array;
  /** The first byte of the stream. */
  start: number;
  /** The end of the last layer that can be used; in a damaged file of several parts, of the last sound range. */
  end: number;
  /** The region to decode, and what it depends on. */
  shown: Shown;
  /** Number of steps in the layers that can be used. */
  count: number;
  /** Number of these layers. */
  layers: number;
  /** Are all bytes of the file here? */
  complete: boolean;
  /** Bytes of the whole file, as stated in the header. */
  size: number;
}

/** How a file is opened. */
export interface OpenOptions {
  /** Number of layers that must be here. Default 1. */
  least?: number;
  /** Leave out a damaged layer and all after it. Default: damage is an error. */
  tolerant?: boolean | undefined;
  /** Number of layers that have been checked before. Default 0. */
  sound?: number | undefined;
  /** Only this region is wanted: other parts, and the whole file, are not checked. */
  region?: Region | undefined;
  scale?: number | undefined;
}

/**
 * Reads the header, finds how many whole layers are here, and checks them; and the whole file, if it is complete. Throws EMPTY, NOT_LRK,
 * VERSION, TRUNCATED if the header or `least` layers are not here, CORRUPT.
 */
export function openFile(
  bytes: Uint8Array,
  { least = 1, tolerant = false, sound = 0, region, scale = 1 }: OpenOptions = {},
): OpenFile {
  const { header, steps, coder, stream: start } = readHeader(bytes);
  const shown = shownBy(header, region, scale);
  const { compact, layers, extensions } = header;
  const { length } = bytes;
  const end = takeExtensions(bytes, extensions, true, start + endOf(layers.at(-1)!));
  const size = compact ? length : end + TRAILER_BYTES;
  const complete = length >= size;
  if (length > size && !tolerant) fail('CORRUPT', 'file', length, size, size);
  const pieces: Uint8Array[][] = [];
  let whole = 0;
  let at = start;
  // No layer behind this one is decoded.
  const used = header.sizes[SCALES.indexOf(scale)] ?? Infinity;
  reading: for (const layer of layers) {
    // An incomplete layer is not checked at all.
    if (start + endOf(layer) > length) break;
    for (const [n, { end, check }] of layer.ranges.entries()) {
      const next = start + end;
      if (whole >= sound && !compact && (!n || shown.ranges.includes(n))) {
        const sum = crc16(bytes, at, next);
        if (sum !== check) {
          if (tolerant && whole) break reading;
          fail('CORRUPT', `layer ${whole + 1}${n ? ` part ${n}` : ''}`, sum, check, at);
        }
      }
      (pieces[n] ??= [bytes.subarray(0, start)])[whole + 1] = bytes.subarray(at, next);
      at = next;
    }
    whole++;
    if (region && whole === used) break;
  }
  if (whole < least) fail('TRUNCATED', 'first layer', length, start + endOf(layers[0]!), length);
  if (complete && !compact && !tolerant && !region) check(bytes, end, size, crc32(bytes, 0, end), 'checksum');
  const source = (n: number): Uint8Array =>
    compact ? bytes : joined(pieces[n]!.slice(0, Math.min(whole, used) + 1));
  return {
    header,
    steps,
    coder: n => (compact ? coder : new RangeDecoder(source(n), start)),
    source,
    shown,
    start,
    end: at,
    count: layers[whole - 1]?.steps ?? 0,
    layers: whole,
    complete,
    size,
  };
}
