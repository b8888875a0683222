import type { RangeDecoder } from '../bits/range-decoder.js';
import { LEFT_OUT } from '../bits/range-decoder.js';
import { COLOUR_BITS } from '../colour/basis.js';
import { hasAlpha, type SampleCount } from '../core/raster.js';
import { WHOLE } from '../planes/factor.js';
import { type Step, stepsOf } from '../planes/schedule.js';
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
  SCALES,
  SIDE_BITS,
  SIZES_ORDER,
  STEPS_ORDER,
} from './header.js';
import { headerReader } from './header-reader.js';
import { PLAIN_BYTES } from './plain-header.js';
import { partsOf } from './ranges.js';
import { readPlainHeader } from './read-plain-header.js';
import { beginsWith, COMPACT_SIGNATURE, checkMajor, VERSION_BITS } from './signature.js';
import { readWeights } from './weights.js';

/** A header, and what follows from it. */
export interface ReadHeader {
  header: Header;
  /** The schedule. */
  steps: Step[];
  /** For the compact form, the coder to continue its stream with. */
  coder: RangeDecoder;
  /** Offset of the stream; in the compact form, of the bytes that the coder has not read yet. */
  stream: number;
}

/** Reads the header of a picture; the mirror of writeHeader, field by field. Throws EMPTY, NOT_LRK, VERSION, TRUNCATED, CORRUPT, OPTION. */
export function readHeader(bytes: Uint8Array): ReadHeader {
  const compact = beginsWith(bytes, COMPACT_SIGNATURE);
  const plain = compact ? undefined : readPlainHeader(bytes, 'picture');
  const reader = headerReader(bytes, plain ? PLAIN_BYTES : COMPACT_SIGNATURE.length);
  const { coder, number } = reader;
  if (!plain) checkMajor(coder.bits(VERSION_BITS));
  const { channels, bitDepth, width, height } = plain ?? {
    channels: (coder.bits(2) + 1) as SampleCount,
    bitDepth: 8 as const,
    width: coder.bits(SIDE_BITS) + 1,
    height: coder.bits(SIDE_BITS) + 1,
  };
  // No field can have an invalid value.
  const layout = LAYOUTS[plain ? coder.bits(1) : 0]!;
  const byColumns = layout === 'channel';
  const tiles = !!plain && !byColumns && bitDepth === 8 && coder.bits(1) === 1;
  const step = coder.bits(STEP_BITS);
  const most = byColumns ? Math.min(width, height) : 64;
  const rank = plain ? Math.max(1, most - number(RANK_ORDER)) : most;
  const colour = [0, 0, 0] as Header['colour'];
  if (channels >= 3 && plain)
    for (let i = 0; i < 3; i++) colour[i] = coder.bits(COLOUR_BITS) - 2 ** (COLOUR_BITS - 1);
  const weights = byColumns || compact || !coder.bits(1) ? undefined : readWeights(coder);
  const part = byColumns || compact ? WHOLE : Math.min(WHOLE, (number(PART_ORDER) || WHOLE) + PART_SIDE - 1);
  let turn = 0;
  const order = Array.from(
    { length: Math.min(number(COUNT_ORDER), channels * rank) },
    () => (turn = reader.turn(turn)),
  );
  const steps = stepsOf(channels, order, rank, tiles, byColumns);
  const header: Header = {
    ...{ compact, layout, channels, bitDepth, tiles, width, height, step, rank, colour, weights },
    ...{ part, order },
    ...{ cut: false, layers: [], sizes: [], extensions: [] },
  };
  const { layers } = header;
  let stream = coder.position;
  if (!plain) {
    coder.leftOut = LEFT_OUT;
    layers.push({
      steps: steps.length,
      psnr: Number.NaN,
      ranges: [{ end: bytes.length - stream, check: 0 }],
    });
  } else {
    header.cut = coder.bits(1) === 1;
    const total = header.cut ? Math.min(number(STEPS_ORDER) + 1, steps.length) : steps.length;
    let count = 0;
    const { ranges: length } = partsOf(header);
    let end = 0;
    let psnr = 0;
    const dB = (code: number): number => (code < PSNR_EXACT ? code / PSNR_UNIT : Infinity);
    do {
      count = Math.min(count + number(STEPS_ORDER) + 1, total);
      const ranges = Array.from({ length }, () => ({
        end: (end += number(LENGTH_ORDER)),
        check: coder.bits(CHECK_BITS),
      }));
      psnr += count < total ? PSNR_COARSE * number(PSNR_ORDER) : number(LAST_PSNR_ORDER);
      layers.push({ steps: count, psnr: dB(psnr), ranges });
    } while (count < total);
    let size = 1;
    header.sizes = SCALES.map(() => (size += number(SIZES_ORDER)));
    if (hasAlpha(channels) && !header.cut) header.psnrAlpha = dB(number(LAST_PSNR_ORDER));
    ({ extensions: header.extensions, start: stream } = reader.end());
  }
  return { header, steps, coder, stream };
}
