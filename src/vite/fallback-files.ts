import { hasAlpha } from '../core/raster.js';
import { encodeImage, readImage } from '../io/index.js';

/** A picture in formats that browsers show without scripts. */
export interface FallbackFiles {
  avif: Uint8Array;
  /** For browsers without AVIF. */
  image: Uint8Array;
  /** Extension of `image`: a picture with alpha is WebP. */
  extension: '.jpg' | '.webp';
}

/**
 * Reads a picture and makes its fallback: AVIF, and JPEG or WebP, at the default qualities of sharp, with the ICC profile. `name` is for errors.
 *
 * @throws IoError and CodecError, as `readImage` does
 */
export async function fallbackFiles(source: Uint8Array, name: string): Promise<FallbackFiles> {
  const { default: sharp } = await import('sharp');
  const { raster, metadata } = await readImage(source, { name });
  const icc = metadata.icc && { icc: metadata.icc };
  const { bytes } = await encodeImage(raster, { format: 'png', metadata: icc, name });
  const picture = sharp(bytes, { limitInputPixels: false }).keepIccProfile();
  const avif = await picture.clone().avif().toBuffer();
  if (hasAlpha(raster.channels)) return { avif, image: await picture.webp().toBuffer(), extension: '.webp' };
  return { avif, image: await picture.jpeg({ mozjpeg: true }).toBuffer(), extension: '.jpg' };
}
