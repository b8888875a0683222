import { extname } from 'node:path';

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

/** The usual extension of a format, with its dot. */
export const extensionOf = (format: ImageFormat): string => (format === 'jpeg' ? '.jpg' : `.${format}`);
