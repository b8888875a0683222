import type { Raster } from '../core/raster.js';

/** Options of `decodeSequence` and `decodeSequenceStream`. */
export interface SequenceOptions {
  /** Decode only the low-rank part, from this many spatial factors: 1 is the background. Default: everything. */
  rank?: number;
  /** The first frame wanted, counted from 0. Earlier frames must be read, but are not painted. Default 0. */
  from?: number;
  /** Largest number of pixels accepted. Default 268,402,689. */
  maxPixels?: number;
  /** Aborts the decoding, which then throws ABORTED. */
  signal?: AbortSignal;
  /** Samples to return: 'rgba' (default), or 'file' for the channels of the file. */
  channels?: 'rgba' | 'file';
}

/** A decoded frame. */
export interface SequenceFrame extends Raster {
  data: Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** Counted from 0. */
  index: number;
  /** How long it is shown, milliseconds. */
  duration: number;
  /** Were its own bytes decoded? If they were missing, or `rank` leaves them out, this is its low-rank part. */
  whole: boolean;
}
