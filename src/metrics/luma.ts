import { colourCount, type Raster } from '../core/raster.js';

/** One number a pixel, row after row. */
export interface Luma {
  width: number;
  height: number;
  data: Float64Array;
}

/**
 * ITU-R BT.601 luma 0.299 R + 0.587 G + 0.114 B, not rounded; the samples themselves where the raster is
 * grey. Alpha is left out.
 */
export function luma({ width, height, channels, data }: Raster): Luma {
  const out = new Float64Array(width * height);
  const colour = colourCount(channels) === 3;
  for (let i = 0, p = 0; i < out.length; i++, p += channels)
    out[i] = colour ? 0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]! : data[p]!;
  return { width, height, data: out };
}
