import { checkFollowing } from '../core/check-following.js';
import { CodecError } from '../core/errors.js';
import { kindOf } from '../core/kind-of.js';
import { LAYOUTS, type Layout } from '../format/header.js';
import type { Metadata } from '../format/metadata.js';

/** What an encoder optimises for. */
export type Tune = 'visual' | 'psnr';

/** The order of the planes in a file. */
export type Order = 'size' | 'quality';

/** Options of `encode`. At most one of quality, psnr, size and bpp; rank goes with any of them. */
export interface EncodeOptions {
  /** 0 (smallest) to 100 (best). Default 75. */
  quality?: number;
  /** PSNR over all colour samples in dB: met from above within 0.05 dB where the picture allows. */
  psnr?: number;
  /** Bytes of the whole file: never more, and within 2 % below where the picture allows. */
  size?: number;
  /** The size in bits a pixel. */
  bpp?: number;
  /** Columns of U and V kept per channel, at most; 1 to 64 in block layout. Default: all. */
  rank?: number;
  /** How a channel becomes a matrix. Default 'block'. */
  layout?: Layout;
  /**
   * V. 'auto', the default: the DCT basis with the picture's own rotations, and exact cells in place of graphics, where they pay. 'svd' or
   * 'dct': the exact SVD basis or the DCT basis, for the whole picture.
   */
  basis?: 'auto' | 'svd' | 'dct';
  /**
   * What the file is optimised for: 'visual', the eye, or 'psnr', the squared error over all colour samples. Default 'visual', but 'psnr'
   * if `psnr` is the target. In block layout.
   */
  tune?: Tune;
  /**
   * 'size', the default: low frequencies of all channels come first, so that a picture at 1/8, 1/4 or 1/2 of the size needs only a prefix
   * of the file. 'quality': what removes most error per bit comes first. In block layout.
   */
  order?: Order;
  /**
   * Pixels a side of parts that are coded separately, so that a region can be decoded from the parts that hold it: a power of two from 256
   * to 8192, or 0 for one part. Each costs about 250 bytes. Default: 0 for pictures of up to 2 megapixels, 1024 for larger ones, or more
   * where parts would have less than 50 kB. In block layout.
   */
  partSize?: number;
  /**
   * 1 (fast) to 9 (small): 1, 1, 2, 3, 4 (5 with tune 'psnr'), 6, 8, 8 and 16 passes over the levels. Effort 1 looks for no runs, bases or
   * predictors. From 8 on bases and predictors are also tried where a picture of up to 2 megapixels hardly repeats itself. Default 5.
   */
  effort?: number;
  metadata?: Metadata;
  /** Largest number of pixels accepted. Default 268,402,689. */
  maxPixels?: number;
  /** Aborts the encoding, which then throws ABORTED. */
  signal?: AbortSignal;
  /** Called now and then with the share done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/** Range of each numeric option. */
export const RANGES = {
  quality: [0, 100],
  psnr: [1, 130],
  size: [1, 2 ** 40],
  bpp: [1e-6, 1e6],
  rank: [1, 65_535],
  effort: [1, 9],
} as const;
/** The values of each option that is a word. */
export const CHOICES = {
  layout: LAYOUTS,
  basis: ['auto', 'svd', 'dct'],
  tune: ['visual', 'psnr'],
  order: ['size', 'quality'],
} as const;
/** Pixels a side of parts; 0 for none. */
export const PART_SIZES: readonly number[] = [0, 256, 512, 1024, 2048, 4096, 8192];

/** The options of which at most one may be given. */
export const TARGETS = ['quality', 'psnr', 'size', 'bpp'] as const;

/** Throws OPTION unless every option is in range and at most one target is given. */
export function checkEncodeOptions(options: EncodeOptions): void {
  for (const [field, [low, high]] of Object.entries(RANGES)) {
    const value = options[field as keyof typeof RANGES];
    if (value !== undefined && !(typeof value === 'number' && value >= low && value <= high))
      throw new CodecError('OPTION', { field, got: value, expected: `a number from ${low} to ${high}` });
  }
  for (const field of ['rank', 'effort', 'size'] as const)
    if (options[field] !== undefined && !Number.isInteger(options[field]))
      throw new CodecError('OPTION', { field, got: options[field], expected: 'an integer' });
  const { partSize = 0 } = options;
  if (!PART_SIZES.includes(partSize))
    throw new CodecError('OPTION', {
      field: 'partSize',
      got: partSize,
      expected: '0, 256, 512, ... or 8192',
    });
  checkFollowing(options);
  const { metadata = {} } = options;
  if (typeof metadata !== 'object' || metadata === null)
    throw new CodecError('OPTION', {
      field: 'metadata',
      got: metadata,
      expected: 'an object with icc, cicp, exif, xmp',
    });
  const { icc, cicp, exif, xmp } = metadata;
  for (const [field, bytes] of Object.entries({ icc, cicp, exif, xmp }))
    if (bytes && kindOf(bytes) !== 'Uint8Array')
      throw new CodecError('OPTION', {
        field: `metadata.${field}`,
        got: kindOf(bytes),
        expected: 'Uint8Array',
      });
  if (cicp && cicp.length !== 4)
    throw new CodecError('OPTION', { field: 'metadata.cicp', got: `${cicp.length} bytes`, expected: '4' });
  const given = TARGETS.filter(field => options[field] !== undefined);
  if (given.length > 1)
    throw new CodecError('OPTION', { field: given[1]!, got: given.join(' and '), expected: 'one target' });
  for (const [field, values] of Object.entries(CHOICES)) {
    const value = options[field as keyof typeof CHOICES];
    if (value !== undefined && !(values as readonly string[]).includes(value))
      throw new CodecError('OPTION', { field, got: value, expected: values.join(', ') });
  }
}
