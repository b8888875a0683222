import type { SampleCount } from '../core/raster.js';
import type { Layout } from '../format/header.js';
import type { RatePoint } from '../metrics/pareto-front.js';

/** The codecs to compare with, through sharp. */
export const PEERS = Object.freeze(['jpeg', 'webp', 'avif'] as const);
export type Peer = (typeof PEERS)[number];
export type Basis = 'auto' | 'svd' | 'dct';

/** A file of a codec: bits a pixel, and PSNR in dB as `metric`. */
export interface MeasuredPoint extends RatePoint {
  /** SSIMULACRA 2, where it is measured. */
  ssimulacra2?: number;
}

/**
 * Percent of bytes at equal quality (see `bdRate`); negative is fewer than the peer. `byRank` takes one file cut to lower ranks, `byQuality` files of the
 * whole rank at several qualities. Undefined where the curves share too little.
 */
export interface Rates<T = number> {
  byRank?: T;
  byQuality?: T;
}

/** At equal PSNR, and, where it is measured, at equal SSIMULACRA 2 between scores of 50 and 90. */
export interface RatesAgainst<T = number> extends Rates<T> {
  ssimulacra2?: Rates<T>;
}

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
  /** SSIMULACRA 2 of colour, at most 100; undefined where it is not measured: without calc-s2-rust, with alpha, or a side under 8 pixels. */
  ssimulacra2?: number;
  /** Energy of these columns as stored, of all there is in the picture's matrices: 0 to about 1. */
  energyKept: number;
  /** Bytes of the quantised factors as integers of fixed length, before the entropy coder. */
  factorBytes: number;
  /** What `truncate(file, { rank })` gives: the last prefix of the file that has no more columns, and often fewer. Undefined where there is none. */
  prefix?: { rank: number; bytes: number; psnr: number };
  /** By peer: its PSNR and SSIMULACRA 2 at as many bytes, its bytes at the same PSNR. Undefined beyond what its settings reach. */
  peers: Partial<Record<Peer, { psnr?: number; ssimulacra2?: number; bytes?: number }>>;
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
  qualities: MeasuredPoint[];
  /** By peer, from `rows` and from `qualities`. */
  bdRates: Partial<Record<Peer, RatesAgainst>>;
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
  peers: Partial<Record<Peer, MeasuredPoint[]>>;
  /** What could not be measured, or is not what one might think: one sentence each. */
  notes: string[];
  milliseconds: number;
}
