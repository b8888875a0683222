import { BitWriter } from '../bits/bit-writer.js';
import { checksum } from '../bits/checksum.js';
import { COLOUR_BITS } from '../colour/basis.js';
import { hasAlpha } from '../core/raster.js';
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

/** Writes the header of a file; the mirror of readHeader, field by field. The stream follows it. */
export function writeHeader(header: Header): Uint8Array {
  const { compact, channels, order } = header;
  const bits = new BitWriter();
  bits.put(compact ? COMPACT_SIGNATURE : SIGNATURE);
  bits.u(VERSION_BITS, VERSION);
  bits.u(1, LAYOUTS.indexOf(header.layout));
  bits.u(2, channels - 1);
  bits.u(1, header.bitDepth === 16 ? 1 : 0);
  if (header.layout === 'block' && header.bitDepth === 8) bits.u(1, header.tiles ? 1 : 0);
  for (const side of [header.width, header.height])
    bits.ue(compact ? COMPACT_SIDE_ORDER : SIDE_ORDER, side - 1);
  bits.u(STEP_BITS, header.step);
  const most = header.layout === 'block' ? 64 : Math.min(header.width, header.height);
  if (compact) bits.ue(0, most - header.rank);
  else bits.ue(RANK_ORDER, header.rank - 1);
  if (channels >= 3 && !compact) for (const part of header.colour) bits.s(COLOUR_BITS, part);
  bits.ue(compact ? COMPACT_COUNT_ORDER : COUNT_ORDER, order.length);
  for (const channel of order) bits.u(channelBits(channels), channel);
  if (compact) bits.align();
  else {
    for (const field of METADATA) {
      bits.u(1, header[field].length ? 1 : 0);
      if (header[field].length) bits.ue(LENGTH_ORDER, header[field].length);
    }
    writeIndex(bits, header);
    bits.align();
    bits.u(CHECK_BITS, checksum(bits.bytes()) % 2 ** CHECK_BITS);
    for (const field of METADATA) bits.put(header[field]);
  }
  return bits.bytes();
}

function writeIndex(bits: BitWriter, header: Header): void {
  const { layers } = header;
  bits.ue(COUNT_ORDER, layers.length - 1);
  const sizeOrder = bestSizeOrder(layers);
  bits.u(SIZE_ORDER_BITS, sizeOrder);
  let end = 0;
  let psnr = 0;
  // Each is rounded for itself: none may come out above the last.
  const last = Math.min(PSNR_EXACT - 1, Math.round(layers.at(-1)!.psnr * PSNR_UNIT)) / PSNR_UNIT;
  const most = Math.min(EXACT_LAYER - 1, Math.floor(last * LAYER_PSNR_UNIT));
  layers.forEach((layer, i) => {
    bits.ue(0, layer.steps - 1);
    bits.ue(sizeOrder, layer.end - end);
    end = layer.end;
    if (i === layers.length - 1) writePsnr(bits, layer.psnr);
    else {
      const exact = layer.psnr === Infinity;
      const code = exact
        ? EXACT_LAYER
        : Math.min(most, Math.max(psnr, Math.round(layer.psnr * LAYER_PSNR_UNIT)));
      bits.ue(LAYER_PSNR_ORDER, code - psnr);
      psnr = code;
    }
  });
  if (hasAlpha(header.channels)) writePsnr(bits, header.psnrAlpha);
}

/** The Exp-Golomb order in which the layers' sizes take the fewest bits. */
function bestSizeOrder(layers: Layer[]): number {
  let best = 0;
  let least = Infinity;
  for (let order = 0; order < 24; order++) {
    const bits = layers.reduce((sum, { end }, i) => {
      const size = end - (i ? layers[i - 1]!.end : 0);
      return sum + 2 * Math.floor(Math.log2(size / 2 ** order + 1)) + 1 + order;
    }, 0);
    if (bits < least) [best, least] = [order, bits];
  }
  return best;
}

function writePsnr(bits: BitWriter, psnr: number): void {
  bits.u(PSNR_BITS, psnr === Infinity ? PSNR_EXACT : Math.min(PSNR_EXACT - 1, Math.round(psnr * PSNR_UNIT)));
}
