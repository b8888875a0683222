import { MAX_PIXELS } from '../../core/limits.js';
import type { SharpFunction } from '../engine.js';
import { IoError } from '../errors.js';
import { shortReason } from '../metadata/short-reason.js';
import type { Clip } from './clip.js';
import { frameStyle } from './frame-style.js';
import type { Opened } from './load.js';
import { loadWithSharp, planWithSharp } from './load-sharp.js';
import type { LoadRequest } from './loaded.js';
import type { ReadOptions } from './read-image.js';

/** Browsers show frames with shorter delays for 100 ms. */
const LEAST_DELAY = 11;

/**
 * Reads an animated WebP. Its frames are decoded together, since each may build on the one before. Throws IoError DAMAGED, naming the
 * frame, and CodecError LIMIT.
 */
export async function readWebpClip(
  sharp: SharpFunction,
  opened: Opened,
  bytes: Uint8Array,
  name: string,
  options: ReadOptions,
): Promise<Clip> {
  const request: LoadRequest = { bytes, name, maxPixels: options.maxPixels ?? MAX_PIXELS, page: 0 };
  const { header } = await planWithSharp(sharp, request, opened.words);
  const {
    pages = 1,
    delay,
    loop = 0,
  } = await sharp(bytes, { pages: -1, limitInputPixels: false })
    .metadata()
    .catch(() => header);
  const allFrames = { ...request, pages };
  const { raster, plan } = await loadWithSharp(sharp, allFrames, opened.words).catch(async cause => {
    if (!(cause instanceof IoError)) throw cause;
    const frame = await firstDamaged(sharp, opened, request, pages);
    throw new IoError(cause.code, {
      path: name,
      reason: `frame ${frame}: ${shortReason(cause.cause)}`,
      cause,
    });
  });
  const style = await frameStyle(opened, plan, options.engine);
  const size = plan.width * plan.height * raster.channels;
  const durations = Array.from({ length: pages }, (_, i) => {
    const frameDelay = delay?.[i] ?? 0;
    return frameDelay < LEAST_DELAY ? 100 : frameDelay;
  });
  return {
    ...{ width: style.width, height: style.height, channels: raster.channels, bitDepth: raster.bitDepth },
    names: durations.map((_, i) => `${name}, frame ${i + 1}`),
    durations,
    loops: loop,
    notes: style.notes,
    async *frames() {
      for (let i = 0; i < pages; i++)
        yield style.finish({
          ...raster,
          height: plan.height,
          data: raster.data.slice(i * size, (i + 1) * size),
        });
    },
  };
}

/** The number, from 1, of the first frame that cannot be read. */
async function firstDamaged(
  sharp: SharpFunction,
  { words }: Opened,
  request: LoadRequest,
  pages: number,
): Promise<number> {
  let [good, bad] = [0, pages];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const reads = await loadWithSharp(sharp, { ...request, pages: middle }, words).then(
      () => true,
      () => false,
    );
    if (reads) good = middle;
    else bad = middle;
  }
  return bad;
}
