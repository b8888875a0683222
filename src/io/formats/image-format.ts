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

/** The format of a picture that is written to a path: by its extension, 'png' where it has none. Throws IoError UNSUPPORTED where that names no format written. */
export function formatFor(path: string): ImageFormat {
  const format = formatOfName(path);
  const extension = extname(path);
  if (!format && extension)
    throw new IoError('UNSUPPORTED', {
      path,
      reason: `${extension} is not an extension of a format written (${IMAGE_FORMATS.join(', ')}): name one as format`,
    });
  return format ?? 'png';
}

/** Extensions of pictures, those that are not written here too. */
const PICTURE =
  /^\.(png|apng|jpe?g|jpe|jfif|webp|avif|tiff?|gif|svg|bmp|heic|heif|jxl|jp2|psd|ico|qoi|ppm)$/i;

/** Has a file the name of a picture of another kind than .lrk? */
export const isNamedOtherwise = (path: string): boolean => PICTURE.test(extname(path));

/** Throws IoError UNSUPPORTED where a file that gets the bytes of an .lrk file has such a name. */
export function checkLrkOutput(path: string): void {
  if (!isNamedOtherwise(path)) return;
  const named = path.slice(0, path.length - extname(path).length);
  throw new IoError('UNSUPPORTED', {
    path,
    reason: `what is written is an .lrk file, and this is the name of another: say ${named}.lrk`,
  });
}

/** The usual extension of a format, with its dot. */
export const extensionOf = (format: ImageFormat): string => (format === 'jpeg' ? '.jpg' : `.${format}`);
