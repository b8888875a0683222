import type { SampleCount } from '../core/raster.js';
import type { Layout } from '../format/header.js';
import type { RatePoint } from '../metrics/pareto-front.js';

/** The codecs to compare with, through sharp. */
export const PEERS = Object.freeze(['jpeg', 'webp', 'avif'] as const);
export type Peer = (typeof PEERS)[number];
export type Basis = 'auto' | 'svd' | 'dct';

/** A picture at one rank of one file. PSNRs are in dB over all colour samples, Infinity where exact. */
export interface Row {
  /** Columns kept a channel. */
  rank: number;
  /** Of a file of its own of these columns: the same levels, coded without those behind them. At the file's own rank the file itself. */
  bytes: number;
  /** Bits a pixel of these. */
  bpp: number;
  /** Of `decode(file, { rank })`, which is also what the file of these columns decodes to. */
  psnr: number;
  /** Of luma; undefined where a side is under 11 pixels. */
  ssim?: number;
  /** Of luma; undefined where a side is under 176 pixels. */
  msSsim?: number;
  /** SSIMULACRA 2 of colour, at most 100; undefined unless it was asked for, where there is alpha, or a side is under 8 pixels. */
  ssimulacra2?: number;
  /** Energy of these columns as stored, of all there is in the picture's matrices: 0 to about 1. */
  energyKept: number;
  /** Bytes of the quantised factors as integers of fixed length, before the entropy coder. */
  factorBytes: number;
  /** What `truncate(file, { rank })` gives: the last prefix of the file that has no more columns, and often fewer. Undefined where there is none. */
  prefix?: { rank: number; bytes: number; psnr: number };
  /** By peer: its PSNR at as many bytes, its bytes at the same PSNR. Undefined beyond what its settings reach. */
  peers: Partial<Record<Peer, { psnr?: number; bytes?: number }>>;
}

/** One file of a picture, and its ranks. */
export interface Variant {
  layout: Layout;
  /** In layout `channel` always 'svd': U and V are stored as they are. */
  basis: Basis;
  /** The file that all rows are of: `encode` with this layout, basis, quality and the highest rank asked for. */
  file: Uint8Array;
  /** Columns in use. */
  rank: number;
  /** By rising rank. */
  rows: Row[];
  /** The energy kept by rank, from rank 1 on. */
  energyKept: number[];
  /** Layout `block`, where there are peers: files of the whole rank at several qualities, the curve of the codec as it is meant to be used. */
  qualities: RatePoint[];
  /**
   * By peer, percent of bytes at equal PSNR (see `bdRate`); negative is fewer than the peer. `byRank` takes the rows, one file cut to lower ranks;
   * `byQuality` takes `qualities`. Undefined where the curves share too little.
   */
  bdRates: Partial<Record<Peer, { byRank?: number; byQuality?: number }>>;
}

/** The rank-k SVD of the textbook: each channel is one matrix, and its factors are kept as floating-point numbers. */
export interface TextbookRow {
  rank: number;
  /** k (1 + m + n) for each channel of m x n samples, as demonstrations of the SVD count. */
  floats: number;
  /** Of that truncation, by the tail of the spectrum (Eckart and Young). Undefined where the shorter side is over 1,024 pixels. */
  psnr?: number;
}

/** One picture. */
export interface Measurement {
  /** Its path, or what it was called. */
  input: string;
  /** Pixels. */
  width: number;
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** 0 to 100, of all variants' files. */
  quality: number;
  variants: Variant[];
  textbook: TextbookRow[];
  /** By peer: what its settings gave, by rising quality. */
  peers: Partial<Record<Peer, RatePoint[]>>;
  /** What could not be measured, or is not what one might think: one sentence each. */
  notes: string[];
  milliseconds: number;
}
