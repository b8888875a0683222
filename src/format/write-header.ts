import type { RangeEncoder } from '../bits/range-encoder.js';
import { COLOUR_BITS } from '../colour/basis.js';
import { hasAlpha } from '../core/raster.js';
import { WHOLE } from '../planes/factor.js';
import { STEP_BITS } from '../planes/step.js';
import {
  CHECK_BITS,
  COUNT_ORDER,
  type Header,
  LAST_PSNR_ORDER,
  LAYOUTS,
  LENGTH_ORDER,
  PART_ORDER,
  PART_SIDE,
  PSNR_COARSE,
  PSNR_EXACT,
  PSNR_ORDER,
  PSNR_UNIT,
  RANK_ORDER,
  SIDE_BITS,
  SIZES_ORDER,
  STEPS_ORDER,
} from './header.js';
import { type HeaderWriter, headerWriter } from './header-writer.js';
import { joined } from './joined.js';
import { COMPACT_SIGNATURE, VERSION, VERSION_BITS } from './signature.js';
import { writeWeights } from './weights.js';
import { writePlainHeader } from './write-plain-header.js';

/**
 * Writes the header of a picture; the mirror of readHeader, field by field. The stream follows it. In the compact form, whose coder goes
 * on, it gives bytes that decode to these fields whatever follows.
 */
export function writeHeader(header: Header): Uint8Array {
  const writer = headerWriter();
  writeFields(writer, header);
  if (header.compact) return joined([COMPACT_SIGNATURE, writer.coder.close()]);
  writeIndex(writer, header);
  return writer.end(writePlainHeader('picture', header), header.extensions);
}

/** Writes the fields of the compact form; the coder goes on with its stream. */
export const writeCompactFields = (coder: RangeEncoder, header: Header): void =>
  writeFields(headerWriter(coder), header);

/** Writes everything up to the index. */
function writeFields(writer: HeaderWriter, header: Header): void {
  const { compact, channels, order, layout, bitDepth, width, height } = header;
  const { coder, number } = writer;
  if (compact) {
    coder.bits(VERSION_BITS, VERSION.major);
    coder.bits(2, channels - 1);
    for (const side of [width, height]) coder.bits(SIDE_BITS, side - 1);
  } else {
    coder.bits(1, LAYOUTS.indexOf(layout));
    if (layout === 'block' && bitDepth === 8) coder.bits(1, header.tiles ? 1 : 0);
  }
  coder.bits(STEP_BITS, header.step);
  if (!compact) {
    number(RANK_ORDER, (layout === 'block' ? 64 : Math.min(width, height)) - header.rank);
    if (channels >= 3)
      for (const part of header.colour) coder.bits(COLOUR_BITS, part + 2 ** (COLOUR_BITS - 1));
    if (layout === 'block') {
      coder.bits(1, header.weights ? 1 : 0);
      if (header.weights) writeWeights(coder, header.weights);
    }
  }
  if (!compact && layout === 'block')
    number(PART_ORDER, header.part === WHOLE ? 0 : header.part - PART_SIDE + 1);
  number(COUNT_ORDER, order.length);
  let turn = 0;
  for (const channel of order) {
    writer.turn(turn, channel);
    turn = channel;
  }
}

function writeIndex({ coder, number }: HeaderWriter, header: Header): void {
  const { channels, cut, layers, sizes } = header;
  const last = layers.at(-1)!;
  coder.bits(1, cut ? 1 : 0);
  if (cut) number(STEPS_ORDER, last.steps - 1);
  let count = 0;
  let end = 0;
  let psnr = 0;
  // Each is rounded separately; none may exceed the last.
  const most = Math.floor(psnrCode(last.psnr) / PSNR_COARSE);
  for (const layer of layers) {
    number(STEPS_ORDER, layer.steps - count - 1);
    for (const range of layer.ranges) {
      number(LENGTH_ORDER, range.end - end);
      coder.bits(CHECK_BITS, range.check);
      end = range.end;
    }
    const code = psnrCode(layer.psnr);
    const coarse = code < PSNR_EXACT ? Math.min(most, EXACT - 1, Math.round(code / PSNR_COARSE)) : EXACT;
    if (layer === last) number(LAST_PSNR_ORDER, code - psnr * PSNR_COARSE);
    else number(PSNR_ORDER, coarse - psnr);
    count = layer.steps;
    psnr = coarse;
  }
  sizes.forEach((size, i) => {
    number(SIZES_ORDER, size - (sizes[i - 1] ?? 1));
  });
  if (hasAlpha(channels) && !cut) number(LAST_PSNR_ORDER, psnrCode(header.psnrAlpha!));
}

/** PSNR_EXACT in coarse steps. */
const EXACT = PSNR_EXACT / PSNR_COARSE;

const psnrCode = (psnr: number): number =>
  psnr === Infinity ? PSNR_EXACT : Math.min(PSNR_EXACT - 1, Math.round(psnr * PSNR_UNIT));
