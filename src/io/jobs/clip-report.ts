import type { SampleCount } from '../../core/raster.js';

/**
 * What was done with one sequence. `bytes`, `bpp` and `rank` describe the .lrk file or, if only one picture of it was decoded, the part of it
 * that was read for that.
 */
export interface ClipReport {
  /** Path read; the first of several, followed by dots. */
  input: string;
  /** File or folder written; null if nothing was. */
  output: string | null;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** Frames of the sequence; 1 if only one picture of it was decoded. */
  frames: number;
  /** The one frame that was decoded, counted from 1. */
  frame?: number;
  /** Set if only the background was decoded. */
  background?: true;
  /** Milliseconds of these frames together; 0 for the background. */
  duration: number;
  /** How often it is shown; 0 for ever. */
  loops: number;
  /** Bytes of the sequence, or of the part that was read. */
  bytes: number;
  /** Bits a pixel of these frames. */
  bpp: number;
  /** Spatial factors. */
  rank: number;
  /** dB over the colour samples of all frames; NaN if it was not measured. */
  psnr: number;
  milliseconds: number;
  /** What could not be kept, one sentence each. */
  notes: string[];
}

/** The report, and the sequence itself. */
export interface ClipResult extends ClipReport {
  data: Uint8Array;
}
