import { withoutIdleAlpha } from '../raster/without-idle-alpha.js';
import { gifFrames, openGif } from './gif-frames.js';
import type { Loaded, LoadPlan, LoadRequest } from './loaded.js';
import { unsupported } from './refusals.js';

/** What the header of a GIF says: it may have alpha. Throws IoError DAMAGED and CodecError LIMIT. */
export function planGif({ bytes, name, maxPixels }: LoadRequest): LoadPlan {
  const { width, height } = openGif(bytes, name, maxPixels);
  return { width, height, channels: 4, bitDepth: 8, converts: false, notes: [] };
}

/** Loads the first frame of a GIF, as browsers show it. Throws as `planGif`. */
export function loadGif(request: LoadRequest): Loaded {
  const { bytes, name, maxPixels } = request;
  const first = gifFrames(openGif(bytes, name, maxPixels), name).next();
  if (first.done) throw unsupported(name, 'a GIF without a picture');
  const raster = withoutIdleAlpha(first.value);
  return { raster, plan: { ...planGif(request), channels: raster.channels } };
}
