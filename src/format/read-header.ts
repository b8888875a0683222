import { BitReader } from '../bits/bit-reader.js';
import { checksum } from '../bits/checksum.js';
import { COLOUR_BITS } from '../colour/basis.js';
import { fail } from '../core/errors.js';
import { MAX_SIDE } from '../core/limits.js';
import { hasAlpha, type SampleCount } from '../core/raster.js';
import { channelBits } from './channel-bits.js';
import {
  CHECK_BITS,
  COMPACT_COUNT_ORDER,
  COMPACT_SIDE_ORDER,
  COUNT_ORDER,
  EXACT_LAYER,
  type Header,
  LAYER_PSNR_ORDER,
  LAYER_PSNR_UNIT,
  LAYOUTS,
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

/**
 * Reads the header of a file; the mirror of writeHeader, field by field. Returns it with the offset of the stream.
 * Throws EMPTY, NOT_LRK, VERSION, TRUNCATED, CORRUPT.
 */
export function readHeader(bytes: Uint8Array): { header: Header; stream: number } {
  const compact = isCompact(bytes);
  const bits = new BitReader(bytes, (compact ? COMPACT_SIGNATURE : SIGNATURE).length);
  const version = bits.u(VERSION_BITS, 'version');
  if (version !== VERSION) fail('VERSION', 'version', version, VERSION);
  const layout = LAYOUTS[bits.u(1, 'layout')]!;
  const channels = (bits.u(2, 'channels') + 1) as SampleCount;
  const bitDepth = bits.u(1, 'bit depth') ? 16 : 8;
  const tiles = layout === 'block' && bitDepth === 8 && bits.u(1, 'tiles') === 1;
  const sideOrder = compact ? COMPACT_SIDE_ORDER : SIDE_ORDER;
  const width = bits.ue(sideOrder, 'width', 1, MAX_SIDE);
  const height = bits.ue(sideOrder, 'height', 1, MAX_SIDE);
  const step = bits.u(STEP_BITS, 'step');
  const most = layout === 'block' ? 64 : Math.min(width, height);
  const rank = compact ? most + 1 - bits.ue(0, 'rank', 1, most) : bits.ue(RANK_ORDER, 'rank', 1, most);
  const colour: [number, number, number] = [0, 0, 0];
  if (channels >= 3 && !compact) for (let i = 0; i < 3; i++) colour[i] = bits.s(COLOUR_BITS, 'colour');
  // A channel has no more turns than columns. Grey files spend no bits on them, so the bytes set no bound.
  const order = new Array<number>(
    bits.ue(compact ? COMPACT_COUNT_ORDER : COUNT_ORDER, 'steps', 0, channels * rank),
  );
  for (let i = 0; i < order.length; i++) order[i] = bits.u(channelBits(channels), 'order', channels - 1);
  const header: Header = {
    compact,
    layout,
    channels,
    bitDepth,
    width,
    height,
    step,
    rank,
    tiles,
    colour,
    order,
    layers: [],
    psnrAlpha: 0,
    icc: NONE,
    exif: NONE,
    xmp: NONE,
  };
  const lengths = METADATA.map(field => (!compact && bits.u(1, field) ? bits.ue(LENGTH_ORDER, field) : 0));
  if (!compact) readIndex(bits, header);
  bits.align('header padding');
  if (!compact) {
    const end = bits.offset;
    const sum = checksum(bytes, end) % 2 ** CHECK_BITS;
    const check = bits.u(CHECK_BITS, 'header check');
    if (check !== sum) fail('CORRUPT', 'header check', check, sum, end);
  }
  for (const [i, field] of METADATA.entries()) header[field] = bits.take(lengths[i]!, field);
  return { header, stream: bits.offset };
}

const NONE = new Uint8Array(0);

/** Checks the signature. */
function isCompact(bytes: Uint8Array): boolean {
  const [plain, compact] = [SIGNATURE, COMPACT_SIGNATURE].map(of => of.every((b, i) => bytes[i] === b));
  if (!plain && !compact) {
    const got = bytes.subarray(0, SIGNATURE.length);
    if (!bytes.length) fail('EMPTY', 'file');
    const short = got.length < SIGNATURE.length && got.every((b, i) => SIGNATURE[i] === b);
    fail(short ? 'TRUNCATED' : 'NOT_LRK', 'signature', got, SIGNATURE, short ? bytes.length : 0);
  }
  return compact!;
}

function readIndex(bits: BitReader, header: Header): void {
  const count = bits.ue(COUNT_ORDER, 'layers', 1);
  const sizeOrder = bits.u(SIZE_ORDER_BITS, 'size order');
  const readPsnr = (): number => dB(bits.u(PSNR_BITS, 'psnr'), PSNR_EXACT, PSNR_UNIT);
  let end = 0;
  let psnr = 0;
  for (let i = 1; i <= count; i++) {
    const steps = bits.ue(0, 'layer steps', 1);
    end += bits.ue(sizeOrder, 'layer bytes');
    if (i < count) psnr = bits.ue(LAYER_PSNR_ORDER, 'layer psnr', psnr, EXACT_LAYER);
    header.layers.push({ steps, end, psnr: i < count ? dB(psnr, EXACT_LAYER, LAYER_PSNR_UNIT) : readPsnr() });
  }
  if (hasAlpha(header.channels)) header.psnrAlpha = readPsnr();
}

const dB = (code: number, exact: number, unit: number): number => (code === exact ? Infinity : code / unit);
