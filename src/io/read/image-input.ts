import type { Raster } from '../../core/raster.js';
import type { Metadata } from '../../decode/index.js';

/** A picture out of a file: pixels upright, and what else the file said about them. */
export interface ImageInput {
  raster: Raster;
  /** ICC, EXIF (a bare TIFF structure, orientation 1) and XMP; empty with `strip`. */
  metadata: Metadata;
  /** Format by content: 'png', 'jpeg', 'webp', 'heif' (AVIF is one), 'tiff', 'gif', 'svg', 'lrk' ... */
  format: string;
  /** What of the file the raster and metadata do not hold, one sentence each, for the user to read. */
  notes: string[];
}
