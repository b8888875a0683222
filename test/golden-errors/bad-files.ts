import { encode } from 'lowrank';
import { crc16 } from '../../src/bits/crc16.js';
import { bigEndian } from '../../src/format/big-endian.js';
import { CRITICAL, extensionsOf } from '../../src/format/extension.js';
import { endOf } from '../../src/format/ranges.js';
import { readHeader } from '../../src/format/read-header.js';
import { writeHeader } from '../../src/format/write-header.js';
import { withHeader, withStream } from '../fuzz/files.js';
import { draw } from '../properties/codec-rasters.js';

/** A file that must not decode, and the expected error. */
export interface BadFile {
  bytes: Uint8Array;
  code: string;
  field: string;
  /** Byte offset of the fault, if the error knows one. */
  offset?: number;
}

const good = encode(draw(9, 6, 3, 8, 'waves'));
const { header, stream } = readHeader(good);
const { layers } = header;
const [first, second] = layers as [(typeof layers)[0], (typeof layers)[0]];
const body = good.subarray(stream, good.length - 4);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const join = (...parts: ArrayLike<number>[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => [...Array.from(part)]));

function flipped(bytes: Uint8Array, byte: number, bit = 0): Uint8Array {
  const copy = bytes.slice();
  copy[byte]! ^= 1 << bit;
  return copy;
}

/** The good file with another byte in its plain header, and a correct header check. */
function withByte(at: number, byte: number): Uint8Array {
  const copy = good.slice();
  copy[at] = byte;
  copy.set(bigEndian(crc16(copy, 0, stream - 2), 2), stream - 2);
  return copy;
}

const longer = layers.map((layer, i) =>
  i < layers.length - 1 ? layer : { ...layer, ranges: [{ end: endOf(layer) + 9, check: 0 }] },
);
const unknown = { type: CRITICAL, length: 3, bytes: Uint8Array.of(1, 2, 3) };

/** 8000 x 8000 pixels, 32,000 columns of layout `channel`, and four bytes of stream. */
const hours = withStream(
  {
    ...readHeader(encode(draw(9, 9, 4, 8, 'photo'), { layout: 'channel' })).header,
    ...{ width: 8000, height: 8000, rank: 8000, order: new Array(32_000).fill(0), psnrAlpha: 30 },
    layers: [{ steps: 32_000, psnr: 30, ranges: [{ end: 4, check: 0 }] }],
  },
  new Uint8Array(4),
  true,
);

/** In the order in which a decoder finds the faults. */
export const BAD_FILES: Record<string, BadFile> = {
  empty: { bytes: new Uint8Array(0), code: 'EMPTY', field: 'signature' },
  text: { bytes: bytesOf('Not a picture at all.\n'), code: 'NOT_LRK', field: 'signature' },
  png: {
    bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13),
    code: 'NOT_LRK',
    field: 'signature',
  },
  'signature-bit': { bytes: flipped(good, 1), code: 'NOT_LRK', field: 'signature' },
  'sent-as-text': { bytes: join(good.subarray(0, 2), good.subarray(3)), code: 'NOT_LRK', field: 'signature' },
  'cut-in-signature': { bytes: good.slice(0, 2), code: 'TRUNCATED', field: 'signature' },
  'cut-in-plain-header': { bytes: good.slice(0, 11), code: 'TRUNCATED', field: 'header', offset: 11 },
  'version-2': { bytes: withByte(5, 0x20), code: 'VERSION', field: 'version' },
  'version-2-compact': {
    bytes: Uint8Array.of(0xd7, 0xf0, 0x80, 0, 0, 0, 0, 0, 0),
    code: 'VERSION',
    field: 'version',
  },
  sequence: { bytes: withByte(4, 1), code: 'NOT_LRK', field: 'kind', offset: 4 },
  'channels-5': { bytes: withByte(6, 5), code: 'CORRUPT', field: 'channels', offset: 6 },
  'bit-depth-12': { bytes: withByte(7, 12), code: 'CORRUPT', field: 'bitDepth', offset: 7 },
  'no-width': { bytes: withByte(9, 0), code: 'CORRUPT', field: 'width x height', offset: 8 },
  'cut-in-header': { bytes: good.slice(0, 20), code: 'TRUNCATED', field: 'header', offset: 20 },
  'cut-in-compact-header': {
    bytes: Uint8Array.of(0xd7, 0xf0, 0xee, 0x10),
    code: 'TRUNCATED',
    field: 'header',
    offset: 4,
  },
  'header-bit': {
    bytes: flipped(good, stream - 1),
    code: 'CORRUPT',
    field: 'header check',
    offset: stream - 2,
  },
  'width-bit': { bytes: flipped(good, 9), code: 'CORRUPT', field: 'header check', offset: stream - 2 },
  'critical-extension': {
    bytes: withHeader(good, { extensions: [unknown] }, true),
    code: 'VERSION',
    field: 'extension',
  },
  'cut-in-icc': {
    bytes: writeHeader({ ...header, extensions: extensionsOf({ icc: new Uint8Array(9) }) }).slice(0, -3),
    code: 'TRUNCATED',
    field: 'header',
  },
  'bytes-after-the-end': { bytes: join(good, [0]), code: 'CORRUPT', field: 'file', offset: good.length },
  'cut-in-first-layer': {
    bytes: good.slice(0, stream + endOf(first) - 1),
    code: 'TRUNCATED',
    field: 'first layer',
    offset: stream + endOf(first) - 1,
  },
  'first-layer-bit': { bytes: flipped(good, stream + 3), code: 'CORRUPT', field: 'layer 1', offset: stream },
  'second-layer-bit': {
    bytes: flipped(good, stream + endOf(second) - 1),
    code: 'CORRUPT',
    field: 'layer 2',
    offset: stream + endOf(first),
  },
  'checksum-bit': {
    bytes: flipped(good, good.length - 1),
    code: 'CORRUPT',
    field: 'checksum',
    offset: good.length - 4,
  },
  'xmp-bit': {
    bytes: flipped(
      withHeader(good, { extensions: extensionsOf({ xmp: bytesOf('<x/>') }) }, true),
      good.length + 4,
    ),
    code: 'CORRUPT',
    field: 'checksum',
  },
  'pixels-65535-squared': {
    bytes: withHeader(good, { width: 65_535, height: 65_535 }),
    code: 'LIMIT',
    field: 'width x height',
  },
  'hours-of-products': { bytes: hours, code: 'LIMIT', field: 'products' },
  'stream-longer-than-read': {
    bytes: withStream({ ...header, layers: longer }, join(body, [1, 2, 3, 4, 5, 6, 7, 8, 9]), true),
    code: 'CORRUPT',
    field: 'stream',
  },
  'stream-shorter-than-read': {
    bytes: withStream(
      { ...header, layers: [{ ...layers.at(-1)!, ranges: [{ end: 8, check: 0 }] }] },
      body.subarray(0, 8),
      true,
    ),
    code: 'CORRUPT',
    field: 'stream',
    offset:
      readHeader(
        withStream({ ...header, layers: [{ ...layers.at(-1)!, ranges: [{ end: 8, check: 0 }] }] }, body),
      ).stream + 8,
  },
};
