import type { Raster } from '../core/raster.js';

/** One frame, taken apart. */
export interface SeparatedFrame {
  /** Its place among the frames, from 0. */
  index: number;
  /** width x height: 1 where it is foreground, else 0. */
  mask: Uint8Array;
  /** What is behind the foreground, in the light of this frame: grey or RGB. */
  background: Raster;
  /** The frame where it is foreground, transparent elsewhere: grey or RGB with alpha. */
  foreground: Raster;
}
