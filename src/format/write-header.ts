import type { AdaptiveBits } from '../bits/adaptive.js';
import { checksum } from '../bits/checksum.js';
import { RangeEncoder } from '../bits/range-encoder.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';
import { writeGolomb } from '../bits/write-golomb.js';
import { writeTree } from '../bits/write-tree.js';
import { COLOUR_BITS } from '../colour/basis.js';
import { hasAlpha } from '../core/raster.js';
import { STEP_BITS } from '../planes/step.js';
import {
  CHECK_BYTES,
  COUNT_ORDER,
  type Header,
  LAST_PSNR_ORDER,
  LAYOUTS,
  LENGTH_ORDER,
  METADATA,
  PSNR_COARSE,
  PSNR_EXACT,
  PSNR_ORDER,
  PSNR_UNIT,
  RANK_ORDER,
  SIDE_ORDER,
  STEPS_ORDER,
} from './header.js';
import { headerStates, TURN_CONTEXTS } from './header-contexts.js';
import { COMPACT_SIGNATURE, SIGNATURE, VERSION, VERSION_BITS } from './signature.js';
import { writeWeights } from './weights.js';

/**
 * Writes the header of a file; the mirror of readHeader, field by field. The stream follows it. In the compact form, whose coder goes on, it is what
 * decodes to these fields whatever follows.
 */
export function writeHeader(header: Header): Uint8Array {
  const coder = new RangeEncoder();
  writeFields(coder, header);
  const fields = coder.close();
  if (header.compact) return Uint8Array.of(...COMPACT_SIGNATURE, ...fields);
  const { metadata } = header;
  const start = SIGNATURE.length + fields.length;
  const check = start + CHECK_BYTES;
  const size = METADATA.reduce((sum, field) => sum + (metadata[field]?.length ?? 0), check);
  const bytes = new Uint8Array(size);
  bytes.set(SIGNATURE);
  bytes.set(fields, SIGNATURE.length);
  putChecksum(bytes, start, CHECK_BYTES);
  let at = check;
  for (const field of METADATA) {
    bytes.set(metadata[field] ?? [], at);
    at += metadata[field]?.length ?? 0;
  }
  return bytes;
}

/** Puts the low bits of the checksum of all bytes before `at` there, as a big-endian number of `count` bytes. */
export function putChecksum(bytes: Uint8Array, at: number, count: number): void {
  const sum = checksum(bytes.subarray(0, at));
  for (let i = 0; i < count; i++) bytes[at + i] = sum >>> (8 * (count - 1 - i));
}

/** Writes the fields alone. */
export function writeFields(coder: RangeEncoder, header: Header): void {
  const { compact, channels, order, layout, bitDepth, width, height, layers, metadata } = header;
  const states: AdaptiveBits = headerStates();
  const bit = (context: number, value: number): void => {
    coder.bit(value, states.probability(context));
    states.update(context, value);
  };
  const number = (k: number, value: number): void => writeGolomb(bit, k * GOLOMB_CONTEXTS, k, value);
  coder.bits(VERSION_BITS, VERSION);
  coder.bits(1, LAYOUTS.indexOf(layout));
  coder.bits(2, channels - 1);
  coder.bits(1, bitDepth === 16 ? 1 : 0);
  if (layout === 'block' && bitDepth === 8) coder.bits(1, header.tiles ? 1 : 0);
  for (const side of [width, height]) number(SIDE_ORDER, side - 1);
  coder.bits(STEP_BITS, header.step);
  number(RANK_ORDER, (layout === 'block' ? 64 : Math.min(width, height)) - header.rank);
  if (channels >= 3 && !compact)
    for (const part of header.colour) coder.bits(COLOUR_BITS, part + 2 ** (COLOUR_BITS - 1));
  if (layout === 'block' && !compact) {
    coder.bits(1, header.weights ? 1 : 0);
    if (header.weights) writeWeights(coder, header.weights);
  }
  number(COUNT_ORDER, order.length);
  let turn = 0;
  for (const channel of order) {
    writeTree(bit, TURN_CONTEXTS + 4 * turn, 4, channel);
    turn = channel;
  }
  if (compact) return;
  let count = 0;
  let end = 0;
  let psnr = 0;
  const last = layers.at(-1)!;
  // Each is rounded for itself: none may come out above the last.
  const most = Math.floor(psnrCode(last.psnr) / PSNR_COARSE);
  for (const layer of layers) {
    number(STEPS_ORDER, layer.steps - count - 1);
    number(LENGTH_ORDER, layer.end - end);
    const code = psnrCode(layer.psnr);
    const coarse = code < PSNR_EXACT ? Math.min(most, EXACT - 1, Math.round(code / PSNR_COARSE)) : EXACT;
    if (layer === last) number(LAST_PSNR_ORDER, code - psnr * PSNR_COARSE);
    else number(PSNR_ORDER, coarse - psnr);
    count = layer.steps;
    end = layer.end;
    psnr = coarse;
  }
  if (hasAlpha(channels)) number(LAST_PSNR_ORDER, psnrCode(header.psnrAlpha!));
  for (const field of METADATA) {
    const length = metadata[field]?.length ?? 0;
    coder.bits(1, length ? 1 : 0);
    if (length) number(LENGTH_ORDER, length);
  }
}

/** What PSNR_EXACT is in coarse steps. */
const EXACT = PSNR_EXACT / PSNR_COARSE;

const psnrCode = (psnr: number): number =>
  psnr === Infinity ? PSNR_EXACT : Math.min(PSNR_EXACT - 1, Math.round(psnr * PSNR_UNIT));
