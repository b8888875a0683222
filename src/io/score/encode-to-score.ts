import { CodecError } from '../../core/errors.js';
import type { Raster } from '../../core/raster.js';
import { roundedDown } from '../../core/rounded-down.js';
import { decode } from '../../decode/index.js';
import { encode } from '../../encode/encode.js';
import type { EncodeOptions } from '../../encode/options.js';
import type { Score } from './ssimulacra2.js';

/** The options of `encode` without its targets. */
export type EncodeToScoreOptions = Omit<EncodeOptions, 'quality' | 'psnr' | 'size' | 'bpp'>;

/** A score this far above the target is close enough. */
const NEAR = 0.25;
/** Qualities closer than this differ by at most one quantiser step. */
const CLOSE = 0.05;
/** About how much a score rises with quality, per unit: used when there is nothing to interpolate between. */
const SLOPE = 1;

interface Tried {
  quality: number;
  reached: number;
  bytes: Uint8Array;
}

/**
 * The smallest file, by its quality, whose decoded picture reaches a score by an external measure, such as that of `ssimulacra2Against`.
 * The search usually encodes and decodes the picture 3 to 6 times. It ends within 0.25 above the score where the picture allows.
 *
 * @param score of a decoded picture, larger is better; the picture has the shape and the samples of `raster`
 * @throws CodecError what `encode` throws; OPTION if `score` is not a function, or `least` or a score not a number; TARGET if quality 100 does not reach the score; ABORTED
 */
export function encodeToScore(
  raster: Raster,
  score: Score,
  least: number,
  { onProgress, ...options }: EncodeToScoreOptions = {},
): Uint8Array {
  if (typeof score !== 'function')
    throw new CodecError('OPTION', { field: 'score', got: score, expected: 'a function' });
  if (typeof least !== 'number' || Number.isNaN(least))
    throw new CodecError('OPTION', { field: 'least', got: least, expected: 'a number' });
  // `high` reaches the score, `low` does not.
  let low: Tried | undefined;
  let high: Tried | undefined;
  let quality = Math.max(0, Math.min(100, least));
  for (let n = 1; ; n++) {
    const bytes = encode(raster, { ...options, quality });
    const reached = score(decode(bytes, { channels: 'file' }));
    if (reached === undefined || !(reached > -Infinity))
      throw new CodecError('OPTION', { field: 'score', got: reached, expected: 'a number' });
    const here = { quality, bytes, reached };
    onProgress?.(1 - 0.7 ** n);
    if (here.reached >= least) high = here;
    else low = here;
    const isNear = high && (high.reached - least <= NEAR || high.quality === 0);
    if (high && (isNear || (low && high.quality - low.quality < CLOSE))) {
      onProgress?.(1);
      return high.bytes;
    }
    if (low?.quality === 100)
      throw new CodecError('TARGET', {
        field: 'score',
        got: least,
        expected: `at most ${roundedDown(low.reached)}`,
      });
    quality = nextQuality(low, high, least + NEAR / 2, n);
  }
}

/**
 * The next quality to try: between two by linear interpolation or, now and then, halving; from one by the usual slope, farther each time.
 */
function nextQuality(low: Tried | undefined, high: Tried | undefined, aim: number, n: number): number {
  if (low && high) {
    const wide = high.quality - low.quality;
    const share = n % 3 === 0 ? 0.5 : (aim - low.reached) / (high.reached - low.reached);
    return low.quality + wide * Math.max(0.02, Math.min(0.98, share));
  }
  const from = (low ?? high)!;
  const away = Math.max(1, (Math.abs(aim - from.reached) / SLOPE) * 1.2 ** (n - 1));
  return Math.max(0, Math.min(100, from.quality + (low ? away : -away)));
}
