import type { NamedColour } from '../metadata/colour.js';
import type { Resolution } from '../metadata/resolution.js';

/** What a picture file says of itself, read from its own bytes and not asked of the library that loads its pixels. */
export interface FileWords {
  /** Frames of an animation, pages or pictures; 1 for a single one. */
  count: number;
  /** The pages that are no thumbnails of others, counted from 0, where some may be. */
  pages?: number[];
  /** What the others are. */
  unit: 'frames' | 'frames of an animated AVIF' | 'pages' | 'pictures';
  /** Do they follow each other in time? */
  animated: boolean;
  /** Is its still picture none of these? */
  apart?: boolean;
  /** Why its pixels cannot be read by anyone here, though the file may be whole; undefined where nothing is known against it. */
  unsupported?: string;
  /** Why it is damaged, where its own words tell it before any loader is asked. */
  damaged?: string;
  /** Pixels before they are turned; undefined where that is left to the loader. */
  width?: number;
  height?: number;
  /** 1 to 8, as EXIF has it: what is still to be done to the pixels that a loader gives. */
  orientation: number;
  /** Does the loader turn the pixels by itself? Then what the metadata say of it is done, too. */
  turnedByLoader?: boolean;
  /** Does it have alpha? undefined where the loader knows best. */
  alpha?: boolean;
  /** Bytes after its end that a loader might take for more than they are. */
  trailing?: number;
  /** Is the end marker missing? The pixels may be complete all the same. */
  unended?: boolean;
  /** Is it stored in tiles? */
  tiled?: boolean;
  /** Is it grey, though a loader gives it as RGB? */
  grey?: boolean;
  /** Is it grey of narrow range (16 is black), and does the loader leave that undone? */
  narrow?: boolean;
  /** Are its colours multiplied by alpha, and does the loader leave that undone? */
  premultiplied?: boolean;
  /** How loaded samples become RGB where the loader leaves that undone. */
  ycbcr?: YCbCr;
  icc?: Uint8Array;
  /** A colour space told otherwise; counts where there is no ICC profile, or where it outranks that. */
  colour?: NamedColour;
  /** A bare TIFF structure. */
  exif?: Uint8Array;
  xmp?: Uint8Array;
  resolution?: Resolution;
  /** Width of a pixel over its height; undefined for 1. */
  aspect?: number;
  /** What of the picture itself is not kept or was done to it, one sentence each. */
  pictureNotes: string[];
  /** What of its metadata is not kept, one sentence each. */
  metadataNotes: string[];
}

/** TIFF 6.0, section 21. */
export interface YCbCr {
  /** Weights of red, green and blue in luma. */
  luma: readonly [number, number, number];
  /** Samples of black and white of Y, Cb, Cr: TIFF's ReferenceBlackWhite. */
  range: readonly number[];
}

/** Words of a file that says nothing. */
export const noWords = (): FileWords => ({
  count: 1,
  unit: 'pictures',
  animated: false,
  orientation: 1,
  pictureNotes: [],
  metadataNotes: [],
});
