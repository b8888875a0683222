import type { SampleCount } from '../core/raster.js';
import type { Weights } from '../planes/weights.js';
import type { Extension } from './extension.js';

/** How a channel becomes a matrix; the index is stored. */
export const LAYOUTS = ['block', 'channel'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** One entry of the index: describes the file up to a byte. */
export interface Layer {
  /** Number of steps of the schedule up to its end. */
  steps: number;
  /** PSNR of the prefix in dB, rounded to 1/100; that of the last layer to 1/2000. Infinity if exact. */
  psnr: number;
  /** The bytes that it adds to the stream: for the picture, then for each part if there are several. */
  ranges: Range[];
}

/** Bytes that are coded together. */
export interface Range {
  /** Their end, counted from the stream's first byte; they begin where the range before them ends. */
  end: number;
  /** Their CRC-16. */
  check: number;
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
  /** Most columns of U kept in any channel, 1 to 64 in block layout. */
  rank: number;
  /** The integers of the colour basis; zeros for grey, and in the compact form. */
  colour: [number, number, number];
  /** The eye's measure, in layout `block`; undefined if all steps are equal, and in the compact form. */
  weights?: Weights | undefined;
  /** Binary logarithm of the blocks a side of a part, PART_SIDE or more; WHOLE for a single part. Several parts only in layout `block`. */
  part: number;
  /** Channel of each step after those of plane 0: the turns in the order of importance. */
  order: number[];
  /** Has the file been cut, so that the layers end before the schedule? */
  cut: boolean;
  /** In the compact form a single one, up to the end of the bytes at hand, with unknown PSNR. */
  layers: Layer[];
  /**
   * How many layers a picture at 1/8, 1/4 and 1/2 of the width and height needs: rising, and all layers if there are fewer; empty in the
   * compact form.
   */
  sizes: number[];
  /** PSNR of alpha in dB, unless there is no alpha, the file has been cut, or the form is compact. */
  psnrAlpha?: number;
  /** Further content of the file, in the order of the header. */
  extensions: Extension[];
}

/** The sizes that `sizes` of a header refers to, in order: 1 / scale of the width and height. */
export const SCALES = [8, 4, 2];

/** Sides in the compact form are at most 2 to the power of SIDE_BITS. */
export const SIDE_BITS = 7;

/** Parts have 2^PART_SIDE blocks a side or more: no run of blocks crosses their borders. */
export const PART_SIDE = 5;

/** Orders of the Exp-Golomb codes: of the size of parts, */
export const PART_ORDER = 0;
/** of how far the rank is below its maximum, */
export const RANK_ORDER = 0;
/** of the number of turns, */
export const COUNT_ORDER = 1;
/** of the steps of a layer less 1, */
export const STEPS_ORDER = 0;
/** of the layers that a size needs, less those of the size before, */
export const SIZES_ORDER = 0;
/** of its bytes and those of extensions, */
export const LENGTH_ORDER = 5;
/** of the number of extensions, */
export const EXTENSIONS_ORDER = 0;
/** of what it adds to the PSNR, in steps of PSNR_COARSE, */
export const PSNR_ORDER = 6;
export const PSNR_COARSE = 20;
/** and of what the last layer adds. */
export const LAST_PSNR_ORDER = 11;
/** PSNR is in 1/2000 dB; 200 dB and more mean that the picture is exact. */
export const PSNR_UNIT = 2000;
export const PSNR_EXACT = 400_000;
/** Bytes of the header's own check, the CRC-16 of all bytes before it, and bits of a layer's check. */
export const CHECK_BYTES = 2;
export const CHECK_BITS = 16;
