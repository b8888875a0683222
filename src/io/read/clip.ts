import type { Raster, SampleCount } from '../../core/raster.js';

/** Frames of one size that follow each other in time. */
export interface Clip {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** The format of every frame: the most channels and bits that any of them has. */
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** The name of each frame: its path, or 'clip.gif, frame 3'. */
  names: string[];
  /** How long each frame is shown, milliseconds. */
  durations: number[];
  /** How often the clip is shown, at most 65,535; 0 for ever. */
  loops: number;
  /** What of the files is lost, one sentence each. Grows when a frame turns out to be damaged as it is read. */
  notes: string[];
  /**
   * The frames in order. Frames that are files of their own are read when they are asked for. May be called again. Throws IoError, its
   * reason beginning with 'frame 7: ', if one cannot be read.
   */
  frames(): AsyncGenerator<Raster, void, undefined>;
}
