import type { SampleCount } from '../../core/raster.js';
import { inspect } from '../../decode/index.js';

/** What was done with one file. `bytes`, `bpp`, `rank` and `psnr` always speak of the .lrk side. */
export interface FileReport {
  /** Path read; '-' or '(bytes)' where it was none. */
  input: string;
  /** Path written; null where nothing was. */
  output: string | null;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** Bytes of the .lrk file; on decoding, of the part of it that the picture was made from. */
  bytes: number;
  /** Bits a pixel: 8 x bytes / (width x height). */
  bpp: number;
  /** Most columns that a channel uses. */
  rank: number;
  /**
   * dB over the colour samples, as the file states it; Infinity where exact, NaN where it does not say, both null
   * in JSON. Decoded at a lower rank: the least it can be.
   */
  psnr: number;
  milliseconds: number;
}

/** The report, what it leaves unsaid, and the bytes made. */
export interface FileResult extends FileReport {
  /** What could not be kept, one sentence each. */
  notes: string[];
  /** The .lrk file, or the image file. */
  data: Uint8Array;
}

/** Bits a pixel. */
export const bitsPerPixel = (bytes: number, width: number, height: number): number =>
  (8 * bytes) / (width * height);

/** What was done where an .lrk file was made; `started` is when, by performance.now(). */
export function madeFile(
  input: string,
  output: string | undefined,
  data: Uint8Array,
  { started, notes = [] }: { started: number; notes?: string[] },
): FileResult {
  const { width, height, channels, bitDepth, rank, psnr } = inspect(data);
  return {
    input,
    output: output ?? null,
    width,
    height,
    channels,
    bitDepth,
    bytes: data.length,
    bpp: bitsPerPixel(data.length, width, height),
    rank,
    psnr,
    milliseconds: performance.now() - started,
    notes,
    data,
  };
}
