import type { Raster } from '../core/raster.js';
import type { EncodeOptions } from '../encode/options.js';
import type { Layout } from '../format/header.js';
import type { ChannelFactors } from '../spectra/channel-factors.js';
import type { Atom } from '../spectra/dissection.js';

/** What the page and its workers say to each other. */

/** A picture to look at: a file that the browser can read, or, from `lowrank explore`, the samples that sharp read. */
export type Source =
  | { kind: 'file'; name: string; blob: Blob }
  | {
      kind: 'address';
      name: string;
      url: string /** Of its .lrk file with the settings of the encoder. */;
      made?: string;
    }
  | { kind: 'samples'; name: string; url: string };

/** What a picture is encoded with. */
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
  /** The size of the picture itself, which may be larger than what is looked at. */
  whole: { width: number; height: number };
}

/** One channel: what its factors are, and what the picture had. */
export interface ChannelSummary {
  /** Singular values of X before quantisation, descending; none where finding them would take too long. */
  spectrum: number[];
  /** Sum of the squares of all singular values of X. */
  energy: number;
  /** Energy of each column, in order, and what of the picture's it keeps: the same before anything is coded. */
  energies: number[];
  kept: number[];
  /** What the file says of it, and the bits of each column. */
  stored?: ChannelFactors & { columnBits: number[] };
}

/** A picture as factors: before it is coded, or out of its file. */
export interface Parts {
  layout: Layout;
  /** Columns in use in the channel that has most: the highest rank. */
  columns: number;
  channels: ChannelSummary[];
  /** 8 x 8 pixels each. */
  grid: { cols: number; rows: number };
  /** Out of a file; undefined before there is one. */
  file?: FileSummary;
}

/** What is known of a file. */
export interface FileSummary {
  /** Of the whole file. */
  bytes: number;
  /** By rank, from 1 on: bytes of a file of that rank, by what each column takes in this one; the last is this one's. */
  sizes: number[];
  /** By block: bits, and columns in use; undefined in layout `channel`, whose columns belong to no place. */
  bitMap?: Float32Array;
  rankMap?: Uint8Array;
  /** How many blocks are exact cells, which no atom makes. */
  exactCells: number;
}

/** What is to be seen. */
export interface Wanted {
  rank: number;
  without: Atom[];
  /** The decoded picture, or four times its difference from the original on middle grey. */
  kind: 'decoded' | 'difference';
}

export interface Shown {
  bitmap: ImageBitmap;
  /** dB over all colour samples, Infinity where the picture is exact; undefined where nobody has worked it out yet. */
  psnr: number | undefined;
}

/** One atom as pictures. */
export interface AtomPictures extends Atom {
  /** Column of V: 16 x 16 pixels; in layout `channel` a row. */
  atom: Pixels;
  /** Column of U on the grid of blocks; in layout `channel` the term u v^T. Made smaller to fit a card. */
  plane: Pixels;
  /** Layout `channel`: the column of U as a column. */
  column0?: Pixels;
}

/** What one block is made of. */
export interface BlockDetails {
  block: number;
  isExact: boolean;
  /** By channel; undefined in layout `channel`, and before there is a file. */
  bits?: number[];
  /** Of the exact cell. */
  cellBits?: number;
  /** dB over the block's colour samples at the rank that is shown. */
  psnr: number;
  /** The heaviest atoms first. Layout `channel`: root mean square of what a term adds there. */
  weights: { channel: number; column: number; weight: number }[];
  /** How many atoms have a weight that is not zero. */
  count: number;
  original: Pixels;
  decoded: Pixels;
}

/** The brightness of one row, 0 to 255: the mean of the colours. */
export interface RowProfile {
  original: Uint8Array;
  decoded: Uint8Array;
}

/** A clip, taken apart: its frames, what is of rank one in them, and what is left, on middle grey. */
export interface ClipParts {
  width: number;
  height: number;
  /** Milliseconds from frame to frame. */
  beat: number;
  frames: Uint8ClampedArray<ArrayBuffer>[];
  backgrounds: Uint8ClampedArray<ArrayBuffer>[];
  rests: Uint8ClampedArray<ArrayBuffer>[];
  /** Energy that the one pattern keeps, 0 to 1. */
  kept: number;
}

/** What the page may ask of a worker: one question, one answer each. */
export interface Calls {
  /** At its whole size, or at most so large that all answers are quick. */
  open(source: Source, whole: boolean): Opened;
  /** What is open, for the other worker. */
  raster(): Raster;
  take(raster: Raster): void;
  /** Factors before anything is coded: of layout `channel` so many. */
  factor(layout: Layout, rank: number): Parts;
  encode(settings: Settings): Parts;
  /** Takes a file of what is open in place of encoding it. */
  load(url: string): Parts;
  /** Goes before all questions but those that open or make something. */
  show(wanted: Wanted): Shown;
  /** dB of what was shown last, as `Shown` has it; undefined where something else was shown meanwhile. */
  measure(wanted: Wanted): number | undefined;
  /** What one atom carries by itself, on middle grey, `gain` times as strong as in the picture. */
  carried(atom: Atom): { bitmap: ImageBitmap; gain: number };
  atoms(): AtomPictures[];
  /** By the last picture shown. */
  block(block: number, rank: number): BlockDetails;
  row(y: number): RowProfile;
  /** A file of this rank; layout `channel` and nothing coded yet: one is made, with these settings. */
  file(rank: number, settings: Settings): Uint8Array<ArrayBuffer>;
  /** Bytes of the first `rank` columns of a file of the picture that is open, as a file of their own. */
  count(file: Uint8Array<ArrayBuffer>, rank: number): number;
  clip(url: string): ClipParts;
}

export type Request = {
  [K in keyof Calls]: { id: number; name: K; args: Parameters<Calls[K]> };
}[keyof Calls];

/** From a worker, unasked: points of the curve as they are found. */
export type Notice = { notice: 'point'; rank: number; psnr: number };

export type Answer = { id: number; value: unknown } | { id: number; error: string } | Notice;
