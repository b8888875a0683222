import type { SampleCount } from '../core/raster.js';
import type { Layout } from '../format/header.js';
import type { Metadata } from '../format/metadata.js';

/** What a file says about itself. */
export interface Info {
  /** Version of the format, 'major.minor'. */
  version: string;
  width: number;
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  layout: Layout;
  /** What the file is optimised for: the eye, with weighted steps, or squared error alone. */
  tune: 'visual' | 'psnr';
  /** Quantiser step, in units of 1 / 255 of the peak. */
  step: number;
  /** Parts that are coded separately: a region is decoded from those that hold it. */
  parts: number;
  /** Bytes of the whole file, as stated in its header. */
  bytes: number;
  /** Are all of them here? */
  complete: boolean;
  /** Columns in use up to the last whole layer, in the channel with most; 0 before the first. */
  rank: number;
  /**
   * PSNR of the picture up to the last whole layer, in dB over all colour samples: Infinity if exact, NaN if the file does not say, and
   * before the first layer.
   */
  psnr: number;
  /** PSNR of the alpha of the whole picture, dB. */
  psnrAlpha?: number;
  /** Each prefix that ends with a layer, whether here or not: columns in use, bytes from the start of the file, dB. */
  layers: { rank: number; bytes: number; psnr: number }[];
  /**
   * How many layers a picture at 1/8, 1/4 and 1/2 of the width and height needs: all that `decode` reads for the `scale` 8, 4 or 2. Empty
   * in the compact form.
   */
  sizes: number[];
  /** The metadata that is here: EXIF and XMP are at the end of a file. */
  metadata: Metadata;
}
