import { hasAlpha, peakOf, type Raster, type SampleCount } from '../../core/raster.js';
import { pickChannels } from './pick-channels.js';

/** Does a picture have alpha, and is any pixel not opaque? */
export function hidesSomething({ channels, data, bitDepth }: Raster): boolean {
  if (!hasAlpha(channels)) return false;
  const opaque = peakOf(bitDepth);
  for (let i = channels - 1; i < data.length; i += channels) if (data[i] !== opaque) return true;
  return false;
}

/** The same picture without its alpha if every pixel is opaque, in the same memory. */
export function withoutIdleAlpha(raster: Raster): Raster {
  const { channels, data } = raster;
  if (!hasAlpha(channels) || hidesSomething(raster)) return raster;
  const fewer = (channels - 1) as SampleCount;
  return { ...raster, channels: fewer, data: pickChannels(data, channels, fewer) };
}
