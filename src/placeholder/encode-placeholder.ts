import { checkFollowing } from '../core/check-following.js';
import { CodecError } from '../core/errors.js';
import { checkPixels } from '../core/limits.js';
import { checkRaster, type Raster } from '../core/raster.js';
import { decode } from '../decode/index.js';
import { analysePicture } from '../encode/analyse.js';
import { codeAtStep } from '../encode/code-at-step.js';
import { SIDE_BITS } from '../format/header.js';
import { STEP_BITS } from '../planes/step.js';
import { shrink } from './shrink.js';
import { smallSize } from './small-size.js';
import { stretchedError } from './stretched-error.js';

/** Options of `encodePlaceholder`. */
export interface PlaceholderOptions {
  /** Most bytes, 20 to 300. Default 100. */
  size?: number;
  /** Largest number of pixels accepted. Default 268,402,689. */
  maxPixels?: number;
  /** Aborts the encoding, which then throws ABORTED. */
  signal?: AbortSignal;
}

/** Bytes of a placeholder. */
export const PLACEHOLDER_BYTES = { least: 20, usual: 100, most: 300 };

/** Longer sides to try, in pixels, and where the search begins, for this many bytes. */
const SIDES = [12, 16, 24, 32, 48, 64, 80, 96, 128];
const FIRST = SIDES.indexOf(48);
/** Longer side of the picture with which the stretched ones are compared, pixels. */
const REFERENCE = 160;
/** Longer side of the picture from which all small ones are made, pixels. */
const SOURCE = 640;
/** Quantiser steps are tried a sixteenth of an octave apart, around the coarsest that fits. */
const HOP = 16;
const CODES = 2 ** STEP_BITS / HOP;
/** Offsets to that step, finer and coarser: neither bytes nor errors fall evenly. */
const AROUND = [-3, -2, -1, 1, 2];

/** A placeholder, and its squared error when stretched. */
interface Candidate {
  bytes: Uint8Array;
  error: number;
}

/**
 * A few bytes that show roughly what a picture will be: the picture at a small size, in the compact form (codec-spec.md, section 9), which
 * `decode` reads. Of all sizes and quantiser steps whose bytes fit, it is the one nearest to the picture when stretched over its place.
 * `smallSize` sets its proportions. 8 bits a sample; channels as in the raster.
 *
 * @throws CodecError RASTER, OPTION, LIMIT, ABORTED, and TARGET if nothing fits
 */
export function encodePlaceholder(raster: Raster, options: PlaceholderOptions = {}): Uint8Array {
  const { least, usual, most } = PLACEHOLDER_BYTES;
  const { size = usual, maxPixels, signal } = options;
  if (!(Number.isInteger(size) && size >= least && size <= most))
    throw new CodecError('OPTION', {
      field: 'size',
      got: size,
      expected: `an integer from ${least} to ${most}`,
    });
  checkFollowing(options);
  checkRaster(raster);
  checkPixels(raster, maxPixels);
  // The small pictures are made from one that is large beside them.
  const source = shrink(raster, smallSize(raster, SOURCE));
  const reference = shrink(source, smallSize(raster, REFERENCE));
  const tried = new Map<number, Candidate>();
  const at = (index: number): Candidate => {
    if (signal?.aborted) throw new CodecError('ABORTED', { field: 'signal', got: signal.reason });
    if (!tried.has(index))
      tried.set(
        index,
        atSide(shrink(source, smallSize(raster, SIDES[index]!, 2 ** SIDE_BITS)), size, reference),
      );
    return tried.get(index)!;
  };
  // Nearly always, the error falls towards the best side and rises after it.
  let index = FIRST;
  for (const way of [-1, 1])
    while (SIDES[index + way] && at(index + way).error < at(index).error) index += way;
  const { bytes } = at(index);
  if (bytes.length > size)
    throw new CodecError('TARGET', { field: 'size', got: size, expected: `at least ${bytes.length} bytes` });
  return bytes;
}

/** The best placeholder of a small picture among those that fit; if none does, the smallest, with an infinite error. */
function atSide(small: Raster, size: number, reference: Raster): Candidate {
  const analysis = analysePicture(small, { colour: [0, 0, 0] });
  const tried = new Map<number, Uint8Array>();
  const code = (at: number): Uint8Array => {
    if (!tried.has(at))
      tried.set(
        at,
        codeAtStep(analysis, at * HOP + HOP - 1, { rank: 64, passes: 1, metadata: {}, compact: true }).bytes,
      );
    return tried.get(at)!;
  };
  let low = 0;
  let high = CODES - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (code(middle).length <= size) high = middle;
    else low = middle + 1;
  }
  for (const hop of AROUND) if (high + hop >= 0 && high + hop < CODES) code(high + hop);
  let best: Candidate = { bytes: code(high), error: Infinity };
  for (const bytes of tried.values()) {
    if (bytes.length > size) continue;
    const error = stretchedError(decode(bytes, { channels: 'file' }), reference);
    if (error < best.error) best = { bytes, error };
  }
  return best;
}
