import type { SampleCount } from '../core/raster.js';
import type { Layout } from '../format/header.js';
import type { Metadata } from '../format/metadata.js';
import { metadataOf } from '../format/metadata-of.js';
import { endOf, partsOf } from '../format/ranges.js';
import { VERSION } from '../format/signature.js';
import { stepOf } from '../planes/step.js';
import { checkLimits } from './limits.js';
import { type OpenFile, openFile } from './open.js';

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

/** Options of `inspect`. */
export interface InspectOptions {
  /** Largest number of pixels accepted. Default: no limit, since nothing of the picture's size is allocated. */
  maxPixels?: number;
  /** For a damaged file, describe the layers before the damage. Default: it is refused. */
  tolerant?: boolean;
}

/**
 * Reads what a file says about itself, without decoding it, from its first bytes: those of the header are enough. Throws CodecError as
 * decode does, TRUNCATED if the header is not all here.
 */
export function inspect(bytes: Uint8Array, { maxPixels = Infinity, tolerant }: InspectOptions = {}): Info {
  const file = openFile(bytes, { least: 0, tolerant });
  checkLimits(file, { maxPixels });
  return infoOf(file);
}

/** The content of the header of an open file. */
export function infoOf({ header, steps, start, layers: whole, complete, size }: OpenFile): Info {
  const { compact, tiles, colour, order, weights, part, cut, extensions, ...shown } = header;
  let most = 0;
  let read = 0;
  const layers = header.layers.map(layer => {
    while (read < layer.steps) most = Math.max(most, steps[read++]!.rank);
    return { rank: most, bytes: start + endOf(layer), psnr: layer.psnr };
  });
  const { rank, psnr } = layers[whole - 1] ?? { rank: 0, psnr: Number.NaN };
  return {
    version: `${VERSION.major}.${VERSION.minor}`,
    ...shown,
    tune: weights ? 'visual' : 'psnr',
    step: stepOf(header.step),
    parts: partsOf(header).channels.count,
    metadata: metadataOf(extensions),
    bytes: size,
    complete,
    rank,
    psnr,
    layers: compact ? [] : layers,
  };
}
