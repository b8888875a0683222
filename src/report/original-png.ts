import { hasAlpha } from '../core/raster.js';
import { encodeImage } from '../io/encode-image.js';
import { readImage } from '../io/read-image.js';

/** A picture for a page: a PNG of 8 bits a sample, without metadata. */
export interface Original {
  png: Uint8Array;
  /** Does it hold all there is of the picture, so that a canvas gives every sample back: 8 bits, no alpha? */
  isWhole: boolean;
}

/** The picture of an image file as a PNG that every browser shows sample by sample. Throws what `readImage` throws. */
export async function originalPng(bytes: Uint8Array, maxPixels?: number): Promise<Original> {
  const { raster } = await readImage(bytes, { strip: true, ...(maxPixels !== undefined && { maxPixels }) });
  const { bitDepth, data, channels } = raster;
  const eight =
    bitDepth === 16
      ? { ...raster, bitDepth: 8 as const, data: Uint8Array.from(data, sample => Math.round(sample / 257)) }
      : raster;
  return { png: (await encodeImage(eight)).bytes, isWhole: bitDepth === 8 && !hasAlpha(channels) };
}
