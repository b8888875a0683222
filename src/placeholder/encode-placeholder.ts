import { CodecError } from '../core/errors.js';
import { checkPixels } from '../core/limits.js';
import { checkRaster, type Raster } from '../core/raster.js';
import { decode } from '../decode/index.js';
import { analysePicture } from '../encode/analyse.js';
import { codeAtStep } from '../encode/code-at-step.js';
import { STEP_BITS } from '../planes/step.js';
import { shrink } from './shrink.js';
import { smallSize } from './small-size.js';
import { stretchedError } from './stretched-error.js';

/** Options of `encodePlaceholder`. */
export interface PlaceholderOptions {
  /** Bytes at most, 20 to 300. Default 100. */
  size?: number;
  /** Refuse rasters of more pixels. Default 268,402,689. */
  maxPixels?: number;
  /** Throws ABORTED if it is aborted. */
  signal?: AbortSignal;
}

/** Bytes of a placeholder. */
export const PLACEHOLDER_BYTES = { least: 20, usual: 100, most: 300 };

/** Longer sides that are tried, pixels; where the search begins, the bytes it does so for. */
const SIDES = [12, 16, 24, 32, 48, 64, 80, 96, 128];
const FIRST = SIDES.indexOf(48);
/** Longer side of the picture that the stretched ones are compared with, pixels. */
const REFERENCE = 160;
/** Longer side of the picture that all small ones are made of, pixels. */
const SOURCE = 640;
/** Quantiser steps a sixteenth of an octave apart are tried around the coarsest that fits. */
const HOP = 16;
const CODES = 2 ** STEP_BITS / HOP;
/** Steps finer than that one, and coarser: bytes do not fall evenly, nor do errors. */
const AROUND = [-3, -2, -1, 1, 2];

/** A placeholder and its squared error where it is stretched. */
interface Candidate {
  bytes: Uint8Array;
  error: number;
}

/**
 * A few bytes that show what a picture will be: the picture at a small size, in the compact form (codec-spec.md, section 9), which `decode` reads.
 * Of all sizes and quantiser steps whose bytes fit it is the one that is nearest to the picture when it is stretched over its place. Its sides
 * are in the proportion of the picture's as `smallSize` says. 8 bits a sample; as many channels as the raster.
 *
 * @throws CodecError RASTER, OPTION, LIMIT, ABORTED, and TARGET where nothing fits
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
  checkRaster(raster);
  checkPixels(raster, maxPixels);
  // The small pictures are made of one that is large beside them.
  const source = shrink(raster, smallSize(raster, SOURCE));
  const reference = shrink(source, smallSize(raster, REFERENCE));
  const tried = new Map<number, Candidate>();
  const at = (index: number): Candidate => {
    if (signal?.aborted) throw new CodecError('ABORTED', { field: 'signal', got: signal.reason });
    if (!tried.has(index))
      tried.set(index, atSide(shrink(source, smallSize(raster, SIDES[index]!)), size, reference));
    return tried.get(index)!;
  };
  // The error falls towards the best side and rises behind it, nearly always.
  let index = FIRST;
  for (const way of [-1, 1])
    while (SIDES[index + way] && at(index + way).error < at(index).error) index += way;
  const { bytes } = at(index);
  if (bytes.length > size)
    throw new CodecError('TARGET', { field: 'size', got: size, expected: `at least ${bytes.length} bytes` });
  return bytes;
}

/** The best placeholder of a small picture: of those that fit; or the smallest, and an endless error. */
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
