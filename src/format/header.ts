import type { SampleCount } from '../core/raster.js';

/** How a channel becomes a matrix; the number stored is the index. */
export const LAYOUTS = ['block', 'channel'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** One entry of the index: what the file is up to a byte. */
export interface Layer {
  /** Steps of the order that this layer adds. */
  steps: number;
  /** Bytes of the stream up to which this layer can be decoded, counted from the stream's first byte. */
  end: number;
  /** PSNR of the prefix, dB, rounded to 1/64 and below 128; the last one to 1/2000. Infinity when exact. */
  psnr: number;
}

/** Everything before the stream. codec-spec.md, "Header". */
export interface Header {
  compact: boolean;
  layout: Layout;
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** Are some cells exact? Only in layout `block` and with 8 bits a sample. */
  tiles: boolean;
  width: number;
  height: number;
  /** Code of the quantiser step; see step.ts. */
  step: number;
  /** Columns of U kept at most in any channel, 1 to 64 in block layout. */
  rank: number;
  /** x, y, z of the colour basis; zeros for grey, and in the compact form. */
  colour: [number, number, number];
  /** Channel of each step after those of plane 0: its turn in the order of importance. */
  order: number[];
  /** Empty in the compact form. */
  layers: Layer[];
  /** PSNR of alpha, dB; 0 without alpha. */
  psnrAlpha: number;
  icc: Uint8Array;
  exif: Uint8Array;
  xmp: Uint8Array;
}

export const METADATA = ['icc', 'exif', 'xmp'] as const;

/** Order of the Exp-Golomb codes of width and height, of a metadata length, of the index's counts. */
export const SIDE_ORDER = 9;
/** Of the sides of a compact file, which is small. */
export const COMPACT_SIDE_ORDER = 5;
export const RANK_ORDER = 6;
export const LENGTH_ORDER = 10;
export const COUNT_ORDER = 2;
/** Of the steps of a compact file, which are few. */
export const COMPACT_COUNT_ORDER = 1;
/** PSNR of a layer before the last in 1/64 dB, coded as differences. */
export const LAYER_PSNR_UNIT = 64;
export const LAYER_PSNR_ORDER = 5;
/** The largest code of such a PSNR, 128 dB: it says that the layer is exact already. */
export const EXACT_LAYER = 128 * LAYER_PSNR_UNIT;
/** PSNR of the whole in 1/2000 dB; the largest code says that the picture is exact. */
export const PSNR_UNIT = 2000;
export const PSNR_BITS = 18;
export const PSNR_EXACT = 2 ** PSNR_BITS - 1;
/** Bits of the order of the Exp-Golomb codes of the layers' sizes. */
export const SIZE_ORDER_BITS = 5;
/** Bits of the header's own check: the low bits of the checksum of all bytes before it. */
export const CHECK_BITS = 16;
