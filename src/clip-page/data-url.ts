import type { Raster } from '../core/raster.js';
import { loadSharp } from '../io/engine.js';
import { encodeImage } from '../io/index.js';
import { convertRaster } from '../io/raster/convert-raster.js';

const QUALITY = 82;

/** A picture for a page, 8 bits: WebP of good quality, or PNG if sharp cannot be loaded or WebP cannot hold it. */
export async function pictureUrl(raster: Raster): Promise<string> {
  const sharp = await loadSharp();
  const { width, height, channels, data } = convertRaster(raster, raster.channels, 8);
  if (!sharp || Math.max(width, height) > 16_383) return pngUrl(raster);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const webp = await sharp(bytes, { raw: { width, height, channels }, limitInputPixels: false })
    .webp({ quality: QUALITY })
    .toBuffer();
  return `data:image/webp;base64,${webp.toString('base64')}`;
}

/** A mask (0 or 1 by pixel) for a page: white, transparent where it is 0. */
export function maskUrl(mask: Uint8Array, width: number): Promise<string> {
  const data = new Uint8Array(2 * mask.length);
  for (let p = 0; p < mask.length; p++) data.fill(255 * mask[p]!, 2 * p, 2 * p + 2);
  return pngUrl({ width, height: mask.length / width, channels: 2, bitDepth: 8, data });
}

async function pngUrl(raster: Raster): Promise<string> {
  const { bytes } = await encodeImage(convertRaster(raster, raster.channels, 8));
  return `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
}
