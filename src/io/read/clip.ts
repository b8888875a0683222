import type { Raster, SampleCount } from '../../core/raster.js';

/** Frames of one size that follow each other in time. */
export interface Clip {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** What every frame is given in: the most channels and bits that any of them has. */
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** What each frame is called: its path, or 'clip.gif, frame 3'. */
  names: string[];
  /** How long each frame is shown, milliseconds. */
  durations: number[];
  /** How often the whole is shown, at most 65,535; 0 for ever. */
  loops: number;
  /** What of the files is not here, one sentence each. Grows where a frame that is read turns out to be damaged. */
  notes: string[];
  /**
   * The frames in order, each read when it is asked for where they are files of their own; may be called again. Throws
   * IoError, its reason beginning with 'frame 7: ', where one cannot be read.
   */
  frames(): AsyncGenerator<Raster, void, undefined>;
}
