import { encode } from 'lowrank';
import type { Header } from '../../src/format/header.js';
import { readHeader } from '../../src/format/read-header.js';
import { putChecksum, writeHeader } from '../../src/format/write-header.js';
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
const { header, stream } = readHeader(good);
const body = good.subarray(stream, good.length - 4);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const join = (...parts: ArrayLike<number>[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => [...Array.from(part)]));

/** The good file's stream behind a header of which some fields are others, with right checks. */
function withHeader(fields: Partial<Header>, data: ArrayLike<number> = body): Uint8Array {
  const bytes = join(writeHeader({ ...header, ...fields }), data, [0, 0, 0, 0]);
  putChecksum(bytes, bytes.length - 4, 4);
  return bytes;
}

function flipped(bytes: Uint8Array, byte: number, bit = 0): Uint8Array {
  const copy = bytes.slice();
  copy[byte]! ^= 1 << bit;
  return copy;
}

const { layers } = header;

export const BAD_FILES: Record<string, BadFile> = {
  empty: { bytes: new Uint8Array(0), code: 'EMPTY', field: 'signature' },
  text: { bytes: bytesOf('Not a picture at all.\n'), code: 'NOT_LRK', field: 'signature' },
  png: {
    bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13),
    code: 'NOT_LRK',
    field: 'signature',
  },
  'signature-bit': { bytes: flipped(good, 1), code: 'NOT_LRK', field: 'signature' },
  'version-5': { bytes: flipped(good, 3, 3), code: 'VERSION', field: 'version' },
  'cut-in-signature': { bytes: good.slice(0, 2), code: 'TRUNCATED', field: 'signature' },
  'cut-in-header': { bytes: good.slice(0, 5), code: 'TRUNCATED', field: 'header', offset: 5 },
  'cut-in-first-layer': {
    bytes: good.slice(0, stream + layers[0]!.end - 1),
    code: 'TRUNCATED',
    field: 'first layer',
    offset: stream + layers[0]!.end - 1,
  },
  'cut-in-metadata': {
    bytes: writeHeader({ ...header, metadata: { icc: new Uint8Array(9) } }).slice(0, -3),
    code: 'TRUNCATED',
    field: 'header',
  },
  'header-bit': {
    bytes: flipped(good, stream - 1),
    code: 'CORRUPT',
    field: 'header check',
    offset: stream - 2,
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
  'pixels-65535-squared': {
    bytes: withHeader({ width: 65_535, height: 65_535 }),
    code: 'LIMIT',
    field: 'width x height',
  },
};
