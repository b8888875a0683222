import { fail } from '../core/errors.js';
import type { Raster } from '../core/raster.js';
import type { Region } from './region.js';

/** Limits of a decoder's work. codec-spec.md, "Limits", says what a file can ask for. */
export interface Limits {
  /** Largest number of pixels accepted. Default 268,402,689. */
  maxPixels?: number | undefined;
  /** Most bytes of memory. Default: enough for all pictures that `maxPixels` accepts; for its default that is at most 27 GB. */
  maxMemory?: number | undefined;
  /**
   * Most products of a number of U and one of V in layout `channel`. Default 64 a sample and 32,768 a byte. In layout `block` pixels and
   * bytes bound the work.
   */
  maxProducts?: number | undefined;
}

/** Options of `decode` and `createDecoder`. */
export interface DecodeOptions extends Limits {
  /** Most columns of U and V per channel. Default: all. */
  rank?: number;
  /**
   * 1 (default), 2, 4 or 8: the picture at 1 / scale of its width and height, rounded up. In layout `block` it comes from the lowest 4 x 4
   * frequencies of each block, by an inverse DCT of four points without the restoration; at 4 and 8 it is means of 2 x 2 and 4 x 4 of these
   * samples. Bytes after the layer that completes it are not read: see `sizes` of `inspect`. Other files give means of the whole picture's
   * samples.
   */
  scale?: 1 | 2 | 4 | 8;
  /**
   * Only these pixels of the picture, counted at the requested `scale`. Of a file in parts only the parts that hold them are read; bytes of
   * others may be missing: see `rangesOf`. Default: all of it.
   */
  region?: Region;
  /** For a damaged file, give the picture of the layers before the damage. Default: it is refused. */
  tolerant?: boolean;
  /** Aborts the decoding, which then throws ABORTED. */
  signal?: AbortSignal;
  /** Samples to return: 'rgba' (default), or 'file' for the channels of the file. */
  channels?: 'rgba' | 'file';
  /** 8: samples of 16 bits are rounded to 8, as `ImageData` needs them. Default: as in the file. */
  bitDepth?: 8;
}

/** A decoded picture. */
export interface Picture extends Raster {
  data: Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** Columns in use in the channel with most. */
  rank: number;
}

/** A decoded picture with 8 bits a sample, from the option `bitDepth: 8`. Its RGBA samples are those of `ImageData`. */
export interface Picture8 extends Picture {
  bitDepth: 8;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** Throws ABORTED. */
export function checkSignal(signal?: AbortSignal): undefined {
  if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
}

/** Throws OPTION. */
export function checkScale(scale: number): void {
  if (![1, 2, 4, 8].includes(scale)) fail('OPTION', 'scale', scale, '1, 2, 4 or 8');
}

/** Throws OPTION if one is invalid, and ABORTED. */
export function checkOptions({
  rank = 1,
  channels = 'file',
  scale = 1,
  bitDepth = 8,
  signal,
}: DecodeOptions): void {
  if (!(Number.isInteger(rank) && rank >= 1)) fail('OPTION', 'rank', rank, 'a positive integer');
  if (!['rgba', 'file'].includes(channels)) fail('OPTION', 'channels', channels, "'rgba' or 'file'");
  checkScale(scale);
  if (bitDepth !== 8) fail('OPTION', 'bitDepth', bitDepth, 8);
  checkSignal(signal);
}
