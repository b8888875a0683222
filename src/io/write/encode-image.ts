import { CodecError } from '../../core/errors.js';
import { checkRaster, type Raster } from '../../core/raster.js';
import type { Metadata } from '../../decode/index.js';
import { type Engine, loadSharp } from '../engine.js';
import { IoError } from '../errors.js';
import { type EncodedImage, IMAGE_FORMATS, type ImageFormat } from '../formats/image-format.js';
import { insertMetadata } from '../formats/png-chunks.js';
import { shortReason } from '../metadata/short-reason.js';
import { fitToFormat } from './fit-to-format.js';
import { pngByPngjs } from './write-pngjs.js';
import { imageBySharp } from './write-sharp.js';

export interface EncodeImageOptions {
  /** Default 'png'. PNG, TIFF and WebP are written without loss, JPEG and AVIF at quality 95, 4:4:4. */
  format?: ImageFormat;
  /** Attached where the format carries it. EXIF is a bare TIFF structure. */
  metadata?: Metadata;
  /** Default `auto`. */
  engine?: Engine;
  /** How to call the output in errors; default '(bytes)'. */
  name?: string;
}

/**
 * An image file of a raster. 16 bits stay 16 bits in PNG and TIFF, become 12 in AVIF and 8 in JPEG and WebP,
 * alpha is laid on white in JPEG: each with a note.
 *
 * Throws CodecError RASTER and OPTION where the raster or the format is none, and IoError UNSUPPORTED where the format cannot hold the picture (WebP: 16,383 a side) or sharp is missing.
 */
export async function encodeImage(raster: Raster, options: EncodeImageOptions = {}): Promise<EncodedImage> {
  const { format = 'png', name = '(bytes)' } = options;
  checkRaster(raster);
  if (!IMAGE_FORMATS.includes(format))
    throw new CodecError('OPTION', { field: 'format', got: format, expected: IMAGE_FORMATS.join(', ') });
  const notes: string[] = [];
  const { raster: pixels, metadata } = fitToFormat(raster, options.metadata ?? {}, format, notes);
  const sharp = await loadSharp(options.engine);
  if (!sharp && format !== 'png')
    throw new IoError('UNSUPPORTED', {
      path: name,
      reason: `without sharp only PNG can be written, not ${format}`,
    });
  try {
    if (sharp) return await imageBySharp(sharp, pixels, format, metadata, notes);
  } catch (error) {
    const size = `${raster.width} x ${raster.height}`;
    throw new IoError('UNSUPPORTED', {
      path: name,
      reason: `${format} cannot hold this ${size} picture: ${shortReason(error)}`,
      cause: error,
    });
  }
  return { bytes: insertMetadata(pngByPngjs(raster), metadata), notes };
}
