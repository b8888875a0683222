import type { Sharp } from 'sharp';
import { hasAlpha, type Raster } from '../../core/raster.js';
import type { Metadata } from '../../decode/index.js';
import type { SharpFunction } from '../engine.js';
import type { EncodedImage, ImageFormat } from '../formats/image-format.js';
import { insertMetadata } from '../formats/png-chunks.js';
import { convertRaster } from '../raster/convert-raster.js';
import { depthNote } from './depth-note.js';
import { insertIntoJpeg } from './insert-jpeg.js';
import { insertIntoTiff } from './insert-tiff.js';
import { insertIntoWebp } from './insert-webp.js';
import { lostMetadata } from './lost-metadata.js';
import { placeFor, replaceExif } from './patch-avif.js';

const LOSSY_QUALITY = 95;
/** Of zlib: a tenth more bytes than its default, 6, in two fifths of the time. With filters chosen by the row that is less than sharp's own setting makes. */
const PNG_LEVEL = 3;

/**
 * An image file by sharp, its pixels those of the raster as far as the format can hold them. `notes` is added to.
 */
export async function imageBySharp(
  sharp: SharpFunction,
  raster: Raster,
  format: ImageFormat,
  metadata: Metadata,
  notes: string[],
): Promise<EncodedImage> {
  const fitted = depthFor(raster, format, notes);
  if (format === 'png') {
    const png = await fromRaster(sharp, raster)
      .png({ compressionLevel: PNG_LEVEL, adaptiveFiltering: true })
      .toBuffer();
    return { bytes: insertMetadata(png, metadata), notes };
  }
  // JPEG and WebP get their metadata afterwards, byte for byte
  let image =
    format === 'tiff' || format === 'avif'
      ? await withMetadata(sharp, fitted, carried(metadata, format))
      : fromRaster(sharp, fitted);
  if (format === 'jpeg' && hasAlpha(raster.channels)) {
    notes.push('JPEG has no alpha: laid on white');
    image = image.flatten({ background: '#ffffff' });
  }
  if (format === 'jpeg' || format === 'avif')
    notes.push(`${format} adds a loss of its own, at quality ${LOSSY_QUALITY}`);
  const plain = await inFormat(image, format, fitted.bitDepth).toBuffer();
  const bytes = inserted(plain, raster, format, metadata);
  notes.push(...lostMetadata(bytes, metadata, format));
  return { bytes, notes };
}

/** What sharp is given to write: of EXIF the place that it will take in AVIF, nothing in TIFF, where sharp knows none. */
const carried = ({ exif, ...rest }: Metadata, format: ImageFormat): Metadata =>
  exif && format === 'avif' ? { ...rest, exif: placeFor(exif) } : rest;

function inserted(bytes: Uint8Array, raster: Raster, format: ImageFormat, metadata: Metadata): Uint8Array {
  if (format === 'jpeg') return insertIntoJpeg(bytes, metadata);
  if (format === 'webp') return insertIntoWebp(bytes, raster, metadata);
  if (format === 'tiff') return insertIntoTiff(bytes, metadata.exif);
  return metadata.exif ? replaceExif(bytes, metadata.exif) : bytes;
}

function inFormat(image: Sharp, format: Exclude<ImageFormat, 'png'>, bitDepth: 8 | 16): Sharp {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality: LOSSY_QUALITY, chromaSubsampling: '4:4:4' });
    case 'webp':
      return image.webp({ lossless: true, exact: true });
    case 'avif':
      return image.avif({
        quality: LOSSY_QUALITY,
        chromaSubsampling: '4:4:4',
        bitdepth: bitDepth === 16 ? 12 : 8,
      });
    case 'tiff':
      return image.tiff({ compression: 'deflate', predictor: 'horizontal' });
  }
}

/** A raster as sharp's input, colour space named so that grey stays grey and 16 bits stay 16. */
function fromRaster(sharp: SharpFunction, { width, height, channels, bitDepth, data }: Raster): Sharp {
  const samples =
    data instanceof Uint16Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const image = sharp(samples, { raw: { width, height, channels }, limitInputPixels: false });
  if (bitDepth === 16) return image.toColourspace(channels < 3 ? 'grey16' : 'rgb16');
  return channels < 3 ? image.toColourspace('b-w') : image;
}

/**
 * sharp takes ICC from a path and EXIF tag by tag, but hands on all that its input carries. So the raster is
 * first made a PNG that carries them.
 */
async function withMetadata(sharp: SharpFunction, raster: Raster, metadata: Metadata): Promise<Sharp> {
  if (!metadata.icc && !metadata.exif && !metadata.xmp) return fromRaster(sharp, raster);
  const plain = await fromRaster(sharp, raster).png({ compressionLevel: 0 }).toBuffer();
  const carrier = insertMetadata(plain, metadata);
  let image = sharp(carrier, { ignoreIcc: true, limitInputPixels: false });
  // one by one: of EXIF that is not there sharp makes up some
  if (metadata.icc) image = image.keepIccProfile();
  if (metadata.exif) image = image.keepExif();
  if (metadata.xmp) image = image.keepXmp();
  if (raster.bitDepth === 16) return image.toColourspace(raster.channels < 3 ? 'grey16' : 'rgb16');
  return raster.channels < 3 ? image.toColourspace('b-w') : image;
}

/** The raster in the depth that the format has. */
function depthFor(raster: Raster, format: ImageFormat, notes: string[]): Raster {
  if (raster.bitDepth === 8 || format === 'tiff' || format === 'png') return raster;
  if (format === 'avif') {
    notes.push('AVIF has 12 bits a sample at most: 16 became 12');
    return raster;
  }
  notes.push(depthNote(format));
  return convertRaster(raster, raster.channels, 8);
}
