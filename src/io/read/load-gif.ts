import type { Raster } from '../../core/raster.js';
import { withoutIdleAlpha } from '../raster/without-idle-alpha.js';
import { drawGifFrame, openGif } from './gif-frames.js';
import type { Loaded, LoadPlan, LoadRequest } from './loaded.js';

/** The plan for a GIF from its header: it may have alpha. Throws IoError DAMAGED and CodecError LIMIT. */
export function planGif({ bytes, name, maxPixels }: LoadRequest): LoadPlan {
  const { width, height } = openGif(bytes, name, maxPixels);
  return { width, height, channels: 4, bitDepth: 8, converts: false, notes: [] };
}

/** Loads the first frame of a GIF as browsers show it. Throws as `planGif`. */
export function loadGif(request: LoadRequest): Loaded {
  const { bytes, name, maxPixels } = request;
  const { width, height, frames } = openGif(bytes, name, maxPixels);
  const first = frames[0]!;
  const covers =
    first.transparent < 0 && first.left + first.top === 0 && first.width >= width && first.height >= height;
  const channels = covers ? 3 : 4;
  const screen: Raster = {
    ...{ width, height, channels, bitDepth: 8 },
    data: new Uint8Array(channels * width * height),
  };
  drawGifFrame(screen, first, name, 0);
  const raster = withoutIdleAlpha(screen);
  return { raster, plan: { ...planGif(request), channels: raster.channels } };
}
