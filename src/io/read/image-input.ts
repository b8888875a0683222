import type { Raster } from '../../core/raster.js';
import type { Metadata } from '../../decode/index.js';

/** A picture from a file: its pixels, upright, and what else the file says about them. */
export interface ImageInput {
  raster: Raster;
  /** ICC, EXIF (a bare TIFF structure, orientation 1) and XMP; empty with `strip`. */
  metadata: Metadata;
  /** Format by content: 'png', 'jpeg', 'webp', 'heif' (AVIF is one), 'tiff', 'gif', 'svg', 'lrk' ... */
  format: string;
  /** What of the file the raster and metadata do not hold, one sentence each, for the user. */
  notes: string[];
}
