import type { Raster } from '../core/raster.js';
import type { EncodeOptions } from '../encode/options.js';
import type { Layout } from '../format/header.js';
import type { ChannelFactors } from '../spectra/channel-factors.js';
import type { Atom } from '../spectra/dissection.js';

/** The messages between the page and its workers. */

/** A picture to open: a file that the browser can read or, from `lowrank explore`, the samples that sharp read. */
export type Source =
  | { kind: 'file'; name: string; blob: Blob }
  | {
      kind: 'address';
      name: string;
      url: string /** Of its .lrk file with the settings of the encoder. */;
      made?: string;
    }
  | { kind: 'samples'; name: string; url: string };

/** Settings for encoding a picture. */
export interface Settings extends Required<Pick<EncodeOptions, 'layout' | 'basis' | 'quality'>> {}

/** Pixels of RGBA, 8 bits a sample. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** A picture that has been read. Whole pictures come as bitmaps, which the page shows without touching their pixels. */
export interface Opened {
  bitmap: ImageBitmap;
  channels: number;
  bitDepth: number;
  /** The size of the original picture, which may be larger than the opened one. */
  whole: { width: number; height: number };
}

/** One channel: its factors, and what the picture had. */
export interface ChannelSummary {
  /** Singular values of X before quantisation, descending; empty if finding them would take too long. */
  spectrum: number[];
  /** Sum of the squares of all singular values of X. */
  energy: number;
  /** Energy of each column in order, and how much of the picture's energy it keeps: the same before anything is coded. */
  energies: number[];
  kept: number[];
  /** What the file stores of it, and the bits of each column. */
  stored?: ChannelFactors & { columnBits: number[] };
}

/** A picture as factors, before it is coded or from its file. */
export interface Parts {
  layout: Layout;
  /** Columns in use in the channel with most: the highest rank. */
  columns: number;
  channels: ChannelSummary[];
  /** 8 x 8 pixels each. */
  grid: { cols: number; rows: number };
  /** Undefined before there is a file. */
  file?: FileSummary;
}

/** What is known about a file. */
export interface FileSummary {
  /** Bytes of the whole file. */
  bytes: number;
  /** By rank, from 1: bytes of a file of that rank, estimated from what each column takes in this one; the last is this one's. */
  sizes: number[];
  /** By block: bits, and columns in use; undefined in layout `channel`, whose columns belong to no place. */
  bitMap?: Float32Array;
  rankMap?: Uint8Array;
  /** Number of blocks that are exact cells, not made of atoms. */
  exactCells: number;
}

/** What to show. */
export interface Wanted {
  rank: number;
  without: Atom[];
  /** The decoded picture, or four times its difference from the original, on middle grey. */
  kind: 'decoded' | 'difference';
}

export interface Shown {
  bitmap: ImageBitmap;
  /** dB over all colour samples, Infinity if exact; undefined if it has not been computed yet. */
  psnr: number | undefined;
}

/** One atom as pictures. */
export interface AtomPictures extends Atom {
  /** Column of V: 16 x 16 pixels; in layout `channel` a row. */
  atom: Pixels;
  /** Column of U on the grid of blocks; in layout `channel` the term u v^T. Shrunk to fit a card. */
  plane: Pixels;
  /** In layout `channel`, the column of U. */
  column0?: Pixels;
}

/** What one block is made of. */
export interface BlockDetails {
  block: number;
  isExact: boolean;
  /** By channel; undefined in layout `channel`, and before there is a file. */
  bits?: number[];
  /** Bits of the exact cell, if it is one. */
  cellBits?: number;
  /** dB over the block's colour samples at the present rank. */
  psnr: number;
  /** The heaviest atoms first. In layout `channel`, the root mean square of what a term adds there. */
  weights: { channel: number; column: number; weight: number }[];
  /** Number of atoms with a nonzero weight. */
  count: number;
  original: Pixels;
  decoded: Pixels;
}

/** The brightness of one row, 0 to 255: the mean of the colours. */
export interface RowProfile {
  original: Uint8Array;
  decoded: Uint8Array;
}

/** A separated clip: its frames, their rank-one part, and the rest on middle grey. */
export interface ClipParts {
  width: number;
  height: number;
  /** Milliseconds from frame to frame. */
  beat: number;
  frames: Uint8ClampedArray<ArrayBuffer>[];
  backgrounds: Uint8ClampedArray<ArrayBuffer>[];
  rests: Uint8ClampedArray<ArrayBuffer>[];
  /** Share of the energy in the one pattern, 0 to 1. */
  kept: number;
}

/** Questions that the page asks a worker, each with one answer. */
export interface Calls {
  /** Opens a picture at its whole size, or small enough for all answers to be quick. */
  open(source: Source, whole: boolean): Opened;
  /** The open picture, for the other worker. */
  raster(): Raster;
  take(raster: Raster): void;
  /** Factors before anything is coded; in layout `channel` this many. */
  factor(layout: Layout, rank: number): Parts;
  encode(settings: Settings): Parts;
  /** Loads a file of the open picture instead of encoding it. */
  load(url: string): Parts;
  /** Overtakes all questions except those that open or make something. */
  show(wanted: Wanted): Shown;
  /** dB of the picture shown last, as in `Shown`; undefined if something else was shown meanwhile. */
  measure(wanted: Wanted): number | undefined;
  /** What one atom carries alone, on middle grey, `gain` times as strong as in the picture. */
  carried(atom: Atom): { bitmap: ImageBitmap; gain: number };
  atoms(): AtomPictures[];
  /** Describes a block of the last picture shown. */
  block(block: number, rank: number): BlockDetails;
  row(y: number): RowProfile;
  /** A file of this rank. If nothing has been coded yet in layout `channel`, one is made with these settings. */
  file(rank: number, settings: Settings): Uint8Array<ArrayBuffer>;
  /** Bytes of the first `rank` columns of a file of the open picture, as a separate file. */
  count(file: Uint8Array<ArrayBuffer>, rank: number): number;
  clip(url: string): ClipParts;
}

export type Request = {
  [K in keyof Calls]: { id: number; name: K; args: Parameters<Calls[K]> };
}[keyof Calls];

/** From a worker, unasked: points of the curve as they are found. */
export type Notice = { notice: 'point'; rank: number; psnr: number };

export type Answer = { id: number; value: unknown } | { id: number; error: string } | Notice;
