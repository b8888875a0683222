import { BitReader } from '../bits/bit-reader.js';
import { crc32 } from '../bits/crc32.js';
import { QUATERNION_BITS } from '../colour/basis.js';
import { CodecError } from '../core/errors.js';
import { MAX_SIDE } from '../core/limits.js';
import { hasAlpha, type SampleCount } from '../core/raster.js';
import { channelBits } from './channel-bits.js';
import {
  CHECK_BITS,
  COUNT_ORDER,
  EXACT_LAYER,
  type Header,
  LAYER_PSNR_ORDER,
  LAYER_PSNR_UNIT,
  LAYOUTS,
  type Layer,
  LENGTH_ORDER,
  METADATA,
  PSNR_BITS,
  PSNR_EXACT,
  PSNR_UNIT,
  RANK_ORDER,
  SIDE_ORDER,
  SIZE_ORDER_BITS,
} from './header.js';
import { COMPACT_SIGNATURE, SIGNATURE, VERSION, VERSION_BITS } from './signature.js';
import { STEP_BITS } from './step.js';

const startsWith = (bytes: Uint8Array, signature: Uint8Array): boolean =>
  signature.every((b, i) => bytes[i] === b);

/**
 * Reads the header of a file; the mirror of writeHeader, field by field. Returns it with the offset of the stream.
 * Throws EMPTY, NOT_LRK, VERSION, TRUNCATED, CORRUPT.
 */
export function readHeader(bytes: Uint8Array): { header: Header; stream: number } {
  const compact = checkSignature(bytes);
  const bits = new BitReader(bytes, (compact ? COMPACT_SIGNATURE : SIGNATURE).length);
  const version = bits.u(VERSION_BITS, 'version');
  if (version !== VERSION)
    throw new CodecError('VERSION', {
      field: 'version',
      got: version,
      expected: String(VERSION),
      offset: bits.offset,
    });
  const layout = choice(LAYOUTS, bits.u(1, 'layout'));
  const channels = (bits.u(2, 'channels') + 1) as SampleCount;
  const bitDepth = bits.u(1, 'bit depth') ? 16 : 8;
  const tiles = layout === 'block' && bitDepth === 8 && bits.u(1, 'tiles') === 1;
  const width = side(bits, 'width');
  const height = side(bits, 'height');
  const step = bits.u(STEP_BITS, 'step');
  const rank = bits.ue(RANK_ORDER, 'rank') + 1;
  const most = layout === 'block' ? 64 : Math.min(width, height);
  if (rank > most)
    throw new CodecError('CORRUPT', {
      field: 'rank',
      got: rank,
      expected: `at most ${most}`,
      offset: bits.offset,
    });
  const colour: [number, number, number] = [0, 0, 0];
  if (channels >= 3) for (let i = 0; i < 3; i++) colour[i] = bits.s(QUATERNION_BITS, 'colour');
  const order = readOrder(bits, channels, rank);
  const header: Header = {
    compact,
    layout,
    channels,
    bitDepth,
    tiles,
    width,
    height,
    step,
    rank,
    colour,
    order,
    layers: [],
    psnrAlpha: 0,
    icc: NONE,
    exif: NONE,
    xmp: NONE,
  };
  if (compact) bits.align('header padding');
  else {
    const lengths = METADATA.map(field => (bits.u(1, field) ? bits.ue(LENGTH_ORDER, field) : 0));
    readIndex(bits, header);
    bits.align('header padding');
    const end = bits.offset;
    const check = bits.u(CHECK_BITS, 'header check');
    const sum = crc32(bytes, 0, end) % 2 ** CHECK_BITS;
    if (check !== sum)
      throw new CodecError('CORRUPT', {
        field: 'header check',
        got: check,
        expected: String(sum),
        offset: end,
      });
    for (const [i, field] of METADATA.entries()) header[field] = bits.take(lengths[i]!, field);
  }
  return { header, stream: bits.offset };
}

const NONE = new Uint8Array(0);

function checkSignature(bytes: Uint8Array): boolean {
  if (bytes.length === 0)
    throw new CodecError('EMPTY', { field: 'file', got: '0 bytes', expected: 'an .lrk file' });
  if (startsWith(bytes, COMPACT_SIGNATURE)) return true;
  if (startsWith(bytes, SIGNATURE)) return false;
  const got = Array.from(bytes.subarray(0, 3), b => b.toString(16).padStart(2, '0')).join(' ');
  if (bytes.length < SIGNATURE.length && startsWith(SIGNATURE, bytes))
    throw new CodecError('TRUNCATED', {
      field: 'signature',
      got,
      expected: 'd7 4c 52',
      offset: bytes.length,
    });
  throw new CodecError('NOT_LRK', { field: 'signature', got, expected: 'd7 4c 52 or d7 73', offset: 0 });
}

const choice = <T>(of: readonly T[], index: number): T => of[index]!;

function side(bits: BitReader, field: string): number {
  const at = bits.offset;
  const value = bits.ue(SIDE_ORDER, field) + 1;
  if (value > MAX_SIDE)
    throw new CodecError('CORRUPT', { field, got: value, expected: `at most ${MAX_SIDE}`, offset: at });
  return value;
}

function readOrder(bits: BitReader, channels: number, rank: number): number[] {
  const count = bits.ue(COUNT_ORDER, 'steps');
  // A channel has no more turns than columns. Grey files spend no bits on them, so the bytes set no bound.
  if (count > channels * rank)
    throw new CodecError('CORRUPT', {
      field: 'steps',
      got: count,
      expected: `at most ${channels * rank}`,
      offset: bits.offset,
    });
  const order: number[] = [];
  for (let i = 0; i < count; i++) {
    const channel = bits.u(channelBits(channels), 'order');
    if (channel >= channels)
      throw new CodecError('CORRUPT', {
        field: 'order',
        got: channel,
        expected: `below ${channels}`,
        offset: bits.offset,
      });
    order.push(channel);
  }
  return order;
}

function readIndex(bits: BitReader, header: Header): void {
  const count = bits.ue(COUNT_ORDER, 'layers') + 1;
  const sizeOrder = bits.u(SIZE_ORDER_BITS, 'size order');
  let end = 0;
  let psnr = 0;
  for (let i = 0; i < count; i++) {
    const steps = bits.ue(0, 'layer steps') + 1;
    end += bits.ue(sizeOrder, 'layer bytes');
    const last = i === count - 1;
    if (!last) psnr += bits.ue(LAYER_PSNR_ORDER, 'layer psnr');
    if (psnr > EXACT_LAYER)
      throw new CodecError('CORRUPT', {
        field: 'layer psnr',
        got: psnr,
        expected: `at most ${EXACT_LAYER}`,
        offset: bits.offset,
      });
    header.layers.push({ steps, end, psnr: last ? readPsnr(bits) : layerPsnr(psnr) } satisfies Layer);
  }
  if (hasAlpha(header.channels)) header.psnrAlpha = readPsnr(bits);
}

const layerPsnr = (code: number): number => (code === EXACT_LAYER ? Infinity : code / LAYER_PSNR_UNIT);

function readPsnr(bits: BitReader): number {
  const code = bits.u(PSNR_BITS, 'psnr');
  return code === PSNR_EXACT ? Infinity : code / PSNR_UNIT;
}
