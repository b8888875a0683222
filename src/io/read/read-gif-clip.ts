import { MAX_PIXELS } from '../../core/limits.js';
import type { SampleCount } from '../../core/raster.js';
import { convertRaster } from '../raster/convert-raster.js';
import { hidesSomething } from '../raster/without-idle-alpha.js';
import type { Clip } from './clip.js';
import { frameStyle } from './frame-style.js';
import { gifFrames, openGif } from './gif-frames.js';
import type { Opened } from './load.js';
import { planGif } from './load-gif.js';
import type { ReadOptions } from './read-image.js';

/**
 * Reads an animated GIF as browsers show it. All frames are decoded once to check them and look for transparency, and again as they are
 * asked for: only one is in memory at a time. Throws IoError DAMAGED, naming the frame, and CodecError LIMIT.
 */
export async function readGifClip(
  opened: Opened,
  bytes: Uint8Array,
  name: string,
  options: ReadOptions,
): Promise<Clip> {
  const maxPixels = options.maxPixels ?? MAX_PIXELS;
  const gif = openGif(bytes, name, maxPixels);
  const style = await frameStyle(opened, planGif({ bytes, name, maxPixels, page: 0 }), options.engine);
  let channels: SampleCount = 3;
  for (const frame of gifFrames(gif, name)) if (hidesSomething(frame)) channels = 4;
  return {
    width: gif.width,
    height: gif.height,
    channels,
    bitDepth: 8,
    names: gif.frames.map((_, i) => `${name}, frame ${i + 1}`),
    durations: gif.frames.map(({ delay }) => delay),
    loops: gif.loops,
    notes: style.notes,
    async *frames() {
      for (const frame of gifFrames(gif, name))
        yield style.finish(
          channels === 4 ? { ...frame, data: frame.data.slice() } : convertRaster(frame, channels, 8),
        );
    },
  };
}
