import { extname } from 'node:path';
import { IoError } from '../errors.js';

/** Formats written, in the words of the command line. */
export const IMAGE_FORMATS = ['png', 'jpeg', 'webp', 'avif', 'tiff'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** An image file, made. */
export interface EncodedImage {
  bytes: Uint8Array;
  /** What the file does not hold of the raster and metadata, one sentence each. */
  notes: string[];
}

const EXTENSIONS: Readonly<Record<string, ImageFormat>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  webp: 'webp',
  avif: 'avif',
  tif: 'tiff',
  tiff: 'tiff',
};

/** The format that a file name asks for by its extension; undefined if it has none or another. */
export const formatOfName = (path: string): ImageFormat | undefined =>
  EXTENSIONS[extname(path).slice(1).toLowerCase()];

/** Has a path an extension that names no format written? */
export const namesNoFormat = (path: string): boolean => extname(path) !== '' && !formatOfName(path);

/** The format of a picture that is written to a path: by its extension, 'png' where it has none. Throws IoError UNSUPPORTED where that names no format written. */
export function formatFor(path: string): ImageFormat {
  if (namesNoFormat(path))
    throw new IoError('UNSUPPORTED', {
      path,
      reason: `${extname(path)} is not an extension of a format written (${IMAGE_FORMATS.join(', ')}): name one as format`,
    });
  return formatOfName(path) ?? 'png';
}

/** Extensions of pictures, those that are not written here too. */
const PICTURE =
  /^\.(png|apng|jpe?g|jpe|jfif|webp|avif|tiff?|gif|svg|bmp|heic|heif|jxl|jp2|psd|ico|qoi|ppm)$/i;

/** What a file that gets the bytes of an .lrk file should be called, where it has the name of a picture of another kind. */
export function betterName(path: string): string | undefined {
  const extension = extname(path);
  return PICTURE.test(extension) ? `${path.slice(0, path.length - extension.length)}.lrk` : undefined;
}

/** Throws IoError UNSUPPORTED where such a file has such a name. */
export function checkLrkOutput(path: string): void {
  const better = betterName(path);
  if (better !== undefined)
    throw new IoError('UNSUPPORTED', {
      path,
      reason: `what is written is an .lrk file, and this is the name of another: say ${better}`,
    });
}

/** The usual extension of a format, with its dot. */
export const extensionOf = (format: ImageFormat): string => (format === 'jpeg' ? '.jpg' : `.${format}`);
