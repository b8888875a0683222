import type { SampleCount } from '../../core/raster.js';

/** What was done with one sequence. `bytes`, `bpp` and `rank` describe the .lrk file. */
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
  /** Frames of the sequence. */
  frames: number;
  /** Milliseconds of all frames together. */
  duration: number;
  /** How often it is shown; 0 for ever. */
  loops: number;
  /** Bytes of the sequence. */
  bytes: number;
  /** Bits a pixel of all frames. */
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
