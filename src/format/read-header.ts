import { RangeDecoder } from '../bits/range-decoder.js';
import { GOLOMB_CONTEXTS, readGolomb } from '../bits/read-golomb.js';
import { readTree } from '../bits/read-tree.js';
import { COLOUR_BITS } from '../colour/basis.js';
import { fail } from '../core/errors.js';
import { MAX_SIDE } from '../core/limits.js';
import { hasAlpha, type SampleCount } from '../core/raster.js';
import { type Step, stepsOf } from '../planes/schedule.js';
import { STEP_BITS } from '../planes/step.js';
import { check } from './check.js';
import {
  CHECK_BYTES,
  COUNT_ORDER,
  type Header,
  LAST_PSNR_ORDER,
  LAYOUTS,
  type Layer,
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
import type { Metadata } from './metadata.js';
import { COMPACT_SIGNATURE, SIGNATURE, VERSION, VERSION_BITS } from './signature.js';
import { readWeights } from './weights.js';

/** A header, and what follows from it. */
export interface ReadHeader {
  header: Header;
  /** The schedule. */
  steps: Step[];
  /** Of the compact form, whose stream it goes on with. */
  coder: RangeDecoder;
  /** Offset of the stream; in the compact form, of what the coder has not taken yet. */
  stream: number;
}

/** Reads the header of a file; the mirror of writeHeader, field by field. Throws EMPTY, NOT_LRK, VERSION, TRUNCATED, CORRUPT. */
export function readHeader(bytes: Uint8Array): ReadHeader {
  const compact = !differ(COMPACT_SIGNATURE, bytes);
  if (!compact && differ(SIGNATURE, bytes))
    fail(
      differ(bytes, SIGNATURE) ? 'NOT_LRK' : bytes.length ? 'TRUNCATED' : 'EMPTY',
      'signature',
      bytes.subarray(0, 3),
      SIGNATURE,
    );
  const coder = new RangeDecoder(bytes, (compact ? COMPACT_SIGNATURE : SIGNATURE).length, bytes.length);
  const states = headerStates();
  // No field has a value that is out of bounds, so that those made of missing bytes do no harm.
  const number = (order: number): number => readGolomb(coder, states, order * GOLOMB_CONTEXTS, order);
  const need = (end: number): void => {
    if (end > bytes.length) fail('TRUNCATED', 'header', bytes.length, end, bytes.length);
  };
  const version = coder.bits(VERSION_BITS);
  need(coder.position);
  if (version !== VERSION) fail('VERSION', 'version', version, VERSION);
  const layout = LAYOUTS[coder.bits(1)]!;
  const byColumns = layout === 'channel';
  const channels = (coder.bits(2) + 1) as SampleCount;
  const bitDepth = coder.bits(1) ? 16 : 8;
  const tiles = !byColumns && bitDepth === 8 && coder.bits(1) === 1;
  const side = (): number => Math.min(number(SIDE_ORDER) + 1, MAX_SIDE);
  const width = side();
  const height = side();
  const step = coder.bits(STEP_BITS);
  const rank = Math.max(1, (byColumns ? Math.min(width, height) : 64) - number(RANK_ORDER));
  const colour = [0, 0, 0] as Header['colour'];
  if (channels >= 3 && !compact)
    for (let i = 0; i < 3; i++) colour[i] = coder.bits(COLOUR_BITS) - 2 ** (COLOUR_BITS - 1);
  const weights = byColumns || compact || !coder.bits(1) ? undefined : readWeights(coder);
  let turn = 0;
  const order = Array.from(
    { length: Math.min(number(COUNT_ORDER), channels * rank) },
    () => (turn = readTree(coder, states, TURN_CONTEXTS + 4 * turn, 4)),
  );
  const steps = stepsOf(channels, order, rank, tiles, byColumns);
  const layers: Layer[] = [];
  const metadata: Metadata = {};
  const header: Header = {
    ...{ compact, layout, channels, bitDepth, tiles, width, height, step, rank, colour, weights, order },
    ...{ layers, metadata },
  };
  let stream = coder.position;
  if (compact) layers.push({ steps: steps.length, end: bytes.length - stream, psnr: Number.NaN });
  else {
    let count = 0;
    let end = 0;
    let psnr = 0;
    const dB = (code: number): number => (code < PSNR_EXACT ? code / PSNR_UNIT : Infinity);
    do {
      count = Math.min(count + number(STEPS_ORDER) + 1, steps.length);
      end += number(LENGTH_ORDER);
      psnr += count < steps.length ? PSNR_COARSE * number(PSNR_ORDER) : number(LAST_PSNR_ORDER);
      layers.push({ steps: count, end, psnr: dB(psnr) });
    } while (count < steps.length);
    if (hasAlpha(channels)) header.psnrAlpha = dB(number(LAST_PSNR_ORDER));
    const lengths = METADATA.map(() => coder.bits(1) && number(LENGTH_ORDER));
    stream = coder.position;
    need(stream);
    check(bytes, stream - CHECK_BYTES, CHECK_BYTES, 'header check');
    for (const [i, field] of METADATA.entries())
      if (lengths[i]) metadata[field] = bytes.subarray(stream, (stream += lengths[i]));
  }
  need(stream);
  return { header, steps, coder, stream };
}

/** Are these bytes others than those of `of`, as far as they go? */
const differ = (bytes: Uint8Array, of: Uint8Array): boolean => bytes.some((byte, i) => byte !== of[i]);
