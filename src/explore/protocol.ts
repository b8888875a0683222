import type { EncodeOptions } from '../encode/options.js';
import type { ChannelFactors } from '../spectra/channel-factors.js';
import type { Atom } from '../spectra/dissection.js';

/** What the page and its worker say to each other. */

/** A picture to look at: a file that the browser can read, or, from `lowrank explore`, the samples that sharp read. */
export type Source =
  | { kind: 'file'; name: string; blob: Blob }
  | { kind: 'address'; name: string; url: string }
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
}

/** What the file says of one channel, and what the picture had. */
export interface ChannelSummary extends ChannelFactors {
  /** Singular values of X before quantisation, descending; none where finding them would take too long. */
  spectrum: number[];
  /** Sum of the squares of all singular values of X. */
  energy: number;
  /** Energy and bits of each stored column, in order. */
  energies: number[];
  bits: number[];
}

/** A picture that has been encoded. */
export interface Encoded {
  /** Of the whole file. */
  bytes: number;
  /** Columns in use in the channel that has most: the highest rank. */
  columns: number;
  channels: ChannelSummary[];
  /** By rank, from 1 on: bytes of a file of that rank, by what each column takes in this one; the last is this one's. */
  sizes: number[];
  /** 8 x 8 pixels each. */
  grid: { cols: number; rows: number };
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
  /** dB over all colour samples; Infinity where the picture is exact. */
  psnr: number;
}

/** One atom as pictures. */
export interface AtomPictures extends Atom {
  /** Column of V: 16 x 16 pixels; in layout `channel` a row. */
  atom: Pixels;
  /** Column of U on the grid of blocks; in layout `channel` the term u v^T. Made smaller to fit a card. */
  plane: Pixels;
}

/** What one block is made of. */
export interface BlockDetails {
  block: number;
  isExact: boolean;
  /** By channel; undefined in layout `channel`. */
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

/** What the page may ask of the worker: one question, one answer each. */
export interface Calls {
  open(source: Source): Opened;
  encode(settings: Settings): Encoded;
  show(wanted: Wanted): Shown;
  /** What one atom carries by itself, on middle grey, `gain` times as strong as in the picture. */
  carried(atom: Atom): { bitmap: ImageBitmap; gain: number };
  atoms(): AtomPictures[];
  /** By the last picture shown. */
  block(block: number, rank: number): BlockDetails;
  /** A file of this rank. */
  file(rank: number): Uint8Array<ArrayBuffer>;
}

export type Request = {
  [K in keyof Calls]: { id: number; name: K; args: Parameters<Calls[K]> };
}[keyof Calls];

/** From the worker, unasked: points of the curve as they are found. */
export type Notice = { notice: 'point'; rank: number; psnr: number };

export type Answer = { id: number; value: unknown } | { id: number; error: string } | Notice;
