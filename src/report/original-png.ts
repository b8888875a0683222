import { hasAlpha, type Raster } from '../core/raster.js';
import { convertRaster } from '../io/raster/convert-raster.js';
import { readImage } from '../io/read/read-image.js';
import { encodeImage } from '../io/write/encode-image.js';

/** A picture for a page: its samples, and a PNG with 8 bits a sample and without metadata. */
export interface Original {
  raster: Raster;
  png: Uint8Array;
  /** Does the PNG hold the whole picture, so that a canvas gives back every sample: 8 bits, no alpha? */
  isWhole: boolean;
}

/** The picture of an image file as a PNG that every browser shows without changing a sample. Throws what `readImage` throws. */
export async function originalPng(bytes: Uint8Array, maxPixels?: number): Promise<Original> {
  const { raster } = await readImage(bytes, { strip: true, ...(maxPixels !== undefined && { maxPixels }) });
  const { bitDepth, channels } = raster;
  const { bytes: png } = await encodeImage(convertRaster(raster, channels, 8));
  return { raster, png, isWhole: bitDepth === 8 && !hasAlpha(channels) };
}
