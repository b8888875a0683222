import { encode } from 'lowrank';
import { BitWriter } from '../../src/bits/bit-writer.js';
import { checksum } from '../../src/bits/checksum.js';
import type { Header } from '../../src/format/header.js';
import { readHeader } from '../../src/format/read-header.js';
import { writeHeader } from '../../src/format/write-header.js';
import { draw } from '../properties/codec-rasters.js';

/** A file that must not decode, and what the error must say. */
export interface BadFile {
  bytes: Uint8Array;
  code: string;
  field: string;
  /** Byte at which it is found, where the error knows one. */
  offset?: number;
}

const good = encode(draw(9, 6, 3, 8, 'waves'));
const grey = encode(draw(1, 1, 1, 8, 'flat'));
const { header, stream } = readHeader(good);
const body = good.subarray(stream, good.length - 4);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const join = (...parts: ArrayLike<number>[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => [...Array.from(part)]));

/** The good file's stream behind a header of which some fields are others, with right checks. */
function withHeader(fields: Partial<Header>, data: ArrayLike<number> = body): Uint8Array {
  const bytes = join(writeHeader({ ...header, ...fields }), data);
  const trailer = new BitWriter();
  trailer.u(32, checksum(bytes));
  return join(bytes, trailer.bytes());
}

/** A compact grey file of one pixel with this stream. */
const tiny = (data: ArrayLike<number>): Uint8Array =>
  join(writeHeader({ ...readHeader(grey).header, compact: true }), data);

function flipped(bytes: Uint8Array, byte: number, bit = 0): Uint8Array {
  const copy = bytes.slice();
  copy[byte]! ^= 1 << bit;
  return copy;
}

/** The good file with a one in the padding before the header's check; that is where the index ends, so the place is looked for. */
function padded(): Uint8Array {
  const end = stream - 2;
  const bytes = flipped(good, end - 1);
  const check = new BitWriter();
  check.u(16, checksum(bytes, end) % 2 ** 16);
  bytes.set(check.bytes(), end);
  return bytes;
}

const { layers, order } = header;

export const BAD_FILES: Record<string, BadFile> = {
  empty: { bytes: new Uint8Array(0), code: 'EMPTY', field: 'file' },
  text: { bytes: bytesOf('Not a picture at all.\n'), code: 'NOT_LRK', field: 'signature', offset: 0 },
  png: {
    bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13),
    code: 'NOT_LRK',
    field: 'signature',
    offset: 0,
  },
  'signature-bit': { bytes: flipped(good, 1), code: 'NOT_LRK', field: 'signature', offset: 0 },
  'version-2': { bytes: flipped(flipped(good, 3, 4), 3, 5), code: 'VERSION', field: 'version' },
  'cut-in-signature': { bytes: good.slice(0, 2), code: 'TRUNCATED', field: 'signature', offset: 2 },
  'cut-in-header': { bytes: good.slice(0, 5), code: 'TRUNCATED', field: 'width' },
  'cut-in-first-layer': {
    bytes: good.slice(0, stream + layers[0]!.end - 1),
    code: 'TRUNCATED',
    field: 'first layer',
    offset: stream + layers[0]!.end - 1,
  },
  'cut-in-metadata': {
    bytes: writeHeader({ ...header, icc: new Uint8Array(9) }).slice(0, -3),
    code: 'TRUNCATED',
    field: 'icc',
  },
  'header-bit': {
    bytes: flipped(good, stream - 1),
    code: 'CORRUPT',
    field: 'header check',
    offset: stream - 2,
  },
  'header-padding': { bytes: padded(), code: 'CORRUPT', field: 'header padding' },
  'width-65536': { bytes: withHeader({ width: 65_536 }), code: 'CORRUPT', field: 'width' },
  'height-65536': { bytes: withHeader({ height: 65_536 }), code: 'CORRUPT', field: 'height' },
  'rank-65': { bytes: withHeader({ rank: 65 }), code: 'CORRUPT', field: 'rank' },
  'side-endless': { bytes: join(good.subarray(0, 4), [0, 0, 0, 0, 0, 0]), code: 'CORRUPT', field: 'width' },
  'order-of-a-fourth-channel': { bytes: withHeader({ order: [3] }), code: 'CORRUPT', field: 'order' },
  'order-longer-than-the-bands': {
    bytes: withHeader({ order: [0, 0, 0, 0, 0, 0, 0] }),
    code: 'CORRUPT',
    field: 'order',
  },
  'steps-too-many': { bytes: withHeader({ order: new Array(200).fill(0) }), code: 'CORRUPT', field: 'steps' },
  'layer-of-too-many-steps': {
    bytes: withHeader({ layers: [{ ...layers.at(-1)!, steps: order.length + 16 }] }),
    code: 'CORRUPT',
    field: 'layer steps',
  },
  'bytes-after-the-end': { bytes: join(good, [0]), code: 'CORRUPT', field: 'file', offset: good.length },
  'stream-bit': {
    bytes: flipped(good, stream + 3),
    code: 'CORRUPT',
    field: 'checksum',
    offset: good.length - 4,
  },
  'checksum-bit': {
    bytes: flipped(good, good.length - 1),
    code: 'CORRUPT',
    field: 'checksum',
    offset: good.length - 4,
  },
  'stream-longer-than-read': {
    bytes: withHeader({ layers: layers.map((layer, i) => (i < layers.length - 1 ? layer : { ...layer, end: layer.end + 9 })) }, join(body, [1, 2, 3, 4, 5, 6, 7, 8, 9])),
    code: 'CORRUPT', field: 'stream',
  }, // biome-ignore format: a table
  'range-coder-start': { bytes: tiny([0xff, 0xff, 0xff, 0xff]), code: 'CORRUPT', field: 'range coder' },
  // The first bit, at one half, is 0: the DCT basis. From there on the code is 0, and every bit a 1.
  'level-endless': { bytes: tiny([0x20]), code: 'CORRUPT', field: 'level' },
  'pixels-65535-squared': {
    bytes: withHeader({ width: 65_535, height: 65_535 }),
    code: 'LIMIT',
    field: 'width x height',
  },
};
