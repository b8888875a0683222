import type { SampleCount } from '../core/raster.js';
import type { Layout } from '../format/header.js';
import type { RatePoint } from '../metrics/pareto-front.js';

/** The codecs to compare with, through sharp. */
export const PEERS = Object.freeze(['jpeg', 'webp', 'avif'] as const);
export type Peer = (typeof PEERS)[number];
export type Basis = 'auto' | 'svd' | 'dct';

/** A codec's file: bits a pixel, and PSNR in dB as `metric`. */
export interface MeasuredPoint extends RatePoint {
  /** SSIMULACRA 2, where it is measured. */
  ssimulacra2?: number;
}

/**
 * Percent of bytes at equal quality (see `bdRate`); negative means fewer than the peer. `byRank` uses one file cut to lower ranks,
 * `byQuality` files of full rank at several qualities. Undefined if the curves share too little.
 */
export interface Rates<T = number> {
  byRank?: T;
  byQuality?: T;
}

/** At equal PSNR and, if it was measured, at equal SSIMULACRA 2 between scores of 50 and 90. */
export interface RatesAgainst<T = number> extends Rates<T> {
  ssimulacra2?: Rates<T>;
}

/** A picture at one rank of one file. PSNRs are in dB over all colour samples, Infinity if exact. */
export interface Row {
  /** Columns kept a channel. */
  rank: number;
  /** Bytes of a separate file of these columns: the same levels, coded without later columns. At the file's own rank, the file itself. */
  bytes: number;
  /** The same in bits a pixel. */
  bpp: number;
  /** PSNR of `decode(file, { rank })`, which is also what the file of these columns decodes to. */
  psnr: number;
  /** SSIM of luma; undefined if a side is under 11 pixels. */
  ssim?: number;
  /** MS-SSIM of luma; undefined if a side is under 176 pixels. */
  msSsim?: number;
  /**
   * SSIMULACRA 2 of colour, at most 100; undefined if it was not measured: without calc-s2-rust, with alpha, or with a side under 8 pixels.
   */
  ssimulacra2?: number;
  /** Energy of these columns, as stored, as a share of the energy of the picture's matrices: 0 to about 1. */
  energyKept: number;
  /** Bytes of the quantised factors as integers of fixed length, before the entropy coder. */
  factorBytes: number;
  /**
   * The result of `truncate(file, { rank })`: the last prefix of the file with no more columns, and often fewer. Undefined if there is
   * none.
   */
  prefix?: { rank: number; bytes: number; psnr: number };
  /** By peer: its PSNR and SSIMULACRA 2 at the same bytes, and its bytes at the same PSNR. Undefined outside the range of its settings. */
  peers: Partial<Record<Peer, { psnr?: number; ssimulacra2?: number; bytes?: number }>>;
}

/** One file of a picture, and its ranks. */
export interface Variant {
  layout: Layout;
  /** Always 'svd' in layout `channel`: U and V are stored directly. */
  basis: Basis;
  /** The file of all rows: `encode` with this layout, basis, quality and the highest rank asked for. */
  file: Uint8Array;
  /** Columns in use. */
  rank: number;
  /** By rising rank. */
  rows: Row[];
  /** The energy kept by rank, from rank 1. */
  energyKept: number[];
  /** Layout `block`, if there are peers: files of full rank at several qualities, the curve of the codec in its intended use. */
  qualities: MeasuredPoint[];
  /** By peer, from `rows` and from `qualities`. */
  bdRates: Partial<Record<Peer, RatesAgainst>>;
}

/** The textbook SVD at rank k: each channel is one matrix, and its factors are stored as floating-point numbers. */
export interface TextbookRow {
  rank: number;
  /** k (1 + m + n) for each channel of m x n samples, as demonstrations of the SVD count. */
  floats: number;
  /** PSNR of that truncation, from the tail of the spectrum (Eckart and Young). Undefined if the shorter side is over 1,024 pixels. */
  psnr?: number;
}

/** One picture. */
export interface Measurement {
  /** Its path, or the name it was given. */
  input: string;
  /** Pixels. */
  width: number;
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** 0 to 100, for all variants' files. */
  quality: number;
  variants: Variant[];
  textbook: TextbookRow[];
  /** By peer: the results of its settings, by rising quality. */
  peers: Partial<Record<Peer, MeasuredPoint[]>>;
  /** What could not be measured, or differs from what one might expect: one sentence each. */
  notes: string[];
  milliseconds: number;
}
