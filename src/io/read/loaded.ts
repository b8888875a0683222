import type { Raster, SampleCount } from '../../core/raster.js';

/** What a picture's header says about its raster, before any pixel is decoded. */
export interface LoadPlan {
  /** Pixels, not turned yet. */
  width: number;
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** Are its colours converted to sRGB (CMYK, floating point)? Its profile is then used or ignored, but not kept. */
  converts: boolean;
  /** What is changed on loading, one sentence each. */
  notes: string[];
}

/** Pixels as loaded: not turned yet, and in the file's own colours unless the plan says otherwise. */
export interface Loaded {
  raster: Raster;
  plan: LoadPlan;
  /** What is damaged in pixels that were read nevertheless, one sentence. */
  damage?: string;
}

/** What to load: which picture of which bytes. */
export interface LoadRequest {
  bytes: Uint8Array;
  /** The file's name in errors. */
  name: string;
  /** Most pixels accepted. */
  maxPixels: number;
  /** Page of a TIFF, from 0. */
  page: number;
  /** Dots an inch at which a drawing is rendered. */
  density?: number;
  /** Load this many frames of an animation, one below the other. Default: only the first. */
  pages?: number;
}
