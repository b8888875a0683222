import type { SampleCount } from '../../core/raster.js';
import { type DecodeOptions, inspect } from '../../decode/index.js';
import { bitsPerPixel } from '../../metrics/bits-per-pixel.js';

/** What was done with one file. `bytes`, `bpp`, `rank` and `psnr` always describe the .lrk file. */
export interface FileReport {
  /** Path read; '-' or '(bytes)' if there was none. */
  input: string;
  /** Path written; null if nothing was. */
  output: string | null;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** Bytes of the .lrk file; on decoding, of the part of it that was decoded. */
  bytes: number;
  /** Bits a pixel: 8 x bytes / (width x height). With `scale` or `region` these are the pixels decoded, not all pixels of the file. */
  bpp: number;
  /** What was decoded, if that was not the whole picture at its own size. */
  scale?: NonNullable<DecodeOptions['scale']>;
  region?: NonNullable<DecodeOptions['region']>;
  /** Columns of the channel that uses most. */
  rank: number;
  /** dB over the colour samples, as stated in the file; Infinity if exact, NaN if not stated, both null in JSON. */
  psnr: number;
  /** Set where `psnr` is a lower bound: the picture was decoded at a lower rank than the file has. */
  bound?: true;
  milliseconds: number;
}

/** The report with notes and the bytes made. */
export interface FileResult extends FileReport {
  /** What could not be kept, one sentence each. */
  notes: string[];
  /** The .lrk file, or the image file. */
  data: Uint8Array;
}

/** The result for an .lrk file that was made; `started` is the time by performance.now(). */
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
