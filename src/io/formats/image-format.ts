import { extname } from 'node:path';
import { IoError } from '../errors.js';

/** Formats that can be written, as the command line names them. */
export const IMAGE_FORMATS = ['png', 'jpeg', 'webp', 'avif', 'tiff'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** An encoded image file. */
export interface EncodedImage {
  bytes: Uint8Array;
  /** What of the raster and metadata the file does not hold, one sentence each. */
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

/** The format that a file name's extension asks for; undefined if it has none or another. */
export const formatOfName = (path: string): ImageFormat | undefined =>
  EXTENSIONS[extname(path).slice(1).toLowerCase()];

/** Does a path have an extension of no format that can be written? */
export const namesNoFormat = (path: string): boolean => extname(path) !== '' && !formatOfName(path);

/**
 * The format for a path by its extension, 'png' if it has none. Throws IoError UNSUPPORTED if the extension is of no format that can be
 * written.
 */
export function formatFor(path: string): ImageFormat {
  if (namesNoFormat(path))
    throw new IoError('UNSUPPORTED', {
      path,
      reason: `${extname(path)} is not the extension of a format that can be written (${IMAGE_FORMATS.join(', ')}): name one as format`,
    });
  return formatOfName(path) ?? 'png';
}

/** Extensions of pictures, including formats that cannot be written. */
const PICTURE =
  /^\.(png|apng|jpe?g|jpe|jfif|webp|avif|tiff?|gif|svg|bmp|heic|heif|jxl|jp2|psd|ico|qoi|ppm)$/i;

/** A better name for an .lrk file, if its path has the extension of another kind of picture. */
export function betterName(path: string): string | undefined {
  const extension = extname(path);
  return PICTURE.test(extension) ? `${path.slice(0, path.length - extension.length)}.lrk` : undefined;
}

/** Throws IoError UNSUPPORTED if an .lrk file would get such a name. */
export function checkLrkOutput(path: string): void {
  const better = betterName(path);
  if (better !== undefined)
    throw new IoError('UNSUPPORTED', {
      path,
      reason: `the output is an .lrk file, but this is the name of another format: use ${better}`,
    });
}

/** The usual extension of a format, with its dot. */
export const extensionOf = (format: ImageFormat): string => (format === 'jpeg' ? '.jpg' : `.${format}`);
