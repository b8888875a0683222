import type { Raster, SampleCount } from '../../core/raster.js';

/** What the header of a picture says of its raster, before any pixel is decoded. */
export interface LoadPlan {
  /** Pixels, not turned yet. */
  width: number;
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** Do its colours become sRGB on the way (CMYK, floating point)? Its profile is then used or left, and not kept. */
  converts: boolean;
  /** What is done on the way, one sentence each. */
  notes: string[];
}

/** Pixels as a loader gives them: not turned, and with the colours of the file unless the plan says otherwise. */
export interface Loaded {
  raster: Raster;
  plan: LoadPlan;
  /** What is damaged of pixels that were read all the same, one sentence. */
  damage?: string;
}

/** Which picture of which bytes is loaded. */
export interface LoadRequest {
  bytes: Uint8Array;
  /** How to call the file in errors. */
  name: string;
  /** Most pixels accepted. */
  maxPixels: number;
  /** Of a TIFF, from 0 on. */
  page: number;
  /** Dots an inch that a drawing is drawn at. */
  density?: number;
  /** So many frames of an animation below each other; else the first one. */
  pages?: number;
}
