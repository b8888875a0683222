import type { Grid } from '../matrices/blocks.js';
import { emptyRuns, type Runs } from '../runs/runs.js';
import { compand } from './companding.js';
import { EXPONENT_ORIGIN, STEPS } from './weights.js';

/** Free positions on every side of each part, so that neighbours need no bounds checks. */
export const MARGIN = 2;

/** Binary logarithm of the blocks a side of a part that is as large as any picture. */
export const WHOLE = 16;

/**
 * The quantised U of one channel (blocks of 8), or of its plane 0 (blocks of 4), with what the contexts of its neighbours read. A block is
 * found by its position, which counts a margin of two on every side of each part. Planes follow one another: plane k at position i stands
 * at k * places + i.
 */
export interface Factor extends Grid {
  /** Planes: block squared, 64 or 16. */
  size: number;
  /** Parts have 2^side blocks a side, and there are this many in a row. */
  side: number;
  across: number;
  /** Its first block's column and row in the grid of the picture. */
  left: number;
  top: number;
  /** Positions from one row of blocks to the next, and in all. */
  stride: number;
  places: number;
  /** The position of each block, in raster order. */
  positions: Int32Array;
  /** Quantised values, signed. Element 0 of a channel holds plane 0 in the same unit. */
  values: Int32Array;
  /**
   * Companded magnitudes. Added to each are the sum of those in the blocks east and south << EAST_SOUTH, and that of all four around <<
   * AROUND, in the same plane; kept up to date as levels are coded. The words of two positions can be added. All are 0 in plane 0, so that
   * a missing neighbour can point there.
   */
  magnitudes: Int32Array;
  /** Activity of each position: the magnitudes so far; older ones count less. */
  activity: Int32Array;
  /** Regressions on the channels that this one may look at, luma first; empty until plane 0 is known. */
  regressions: Regression[];
  /** By position: 1 where the row goes on. */
  alive: Uint8Array;
  /** The alive blocks of each part, in raster order. */
  living: Blocks[];
  /** By block: columns up to the end of the last band that began with it alive; at plane 0's level all of them. */
  ends: Uint8Array;
  /** Runs of blocks; their values are their DCT along the run. None at plane 0's level. */
  runs: Runs;
  /** For a channel: plane 0 by position, in half steps, before it was rounded to `values`. Where it was decoded, multiples of 1/256. */
  plane0: Float64Array;
  /** Exponents of the steps of the columns, plus EXPONENT_ORIGIN, by plane; see Weights. */
  columnWeights: Uint8Array;
  /** Exponents of the rows, to be added, by position: in bands 1 and 2, */
  rowWeights: Int8Array;
  /** and in the later bands. */
  fineRowWeights: Int8Array;
}

/** Block numbers. */
export type Blocks = number[] | Int32Array;

/** How this channel resembles another, where both are known. */
export interface Regression {
  /** Values of the other channel. */
  x: Int32Array;
  /** Sums over the planes so far, by position: x^2, and x times this channel. */
  squares: Int32Array;
  products: Int32Array;
}

/** A plane leaves this many 256ths of a block's activity, and adds its own magnitude. */
export const ACTIVITY_KEPT = 218;

/** Bit positions of the sums in `magnitudes`, and masks for the sum of two of each. */
export const EAST_SOUTH = 9;
export const AROUND = 19;
export const MAGNITUDE_MASK = 511;
export const EAST_SOUTH_MASK = 1023;

/**
 * A factor of zeros with every block alive, for a grid or for a window that begins at block `left`, `top`; in parts of 2^side blocks a side.
 * `ints` makes its largest arrays; `like`, if given, has the same blocks.
 */
export function emptyFactor(
  { block, cols, rows, left = 0, top = 0 }: Grid & { left?: number; top?: number },
  side = WHOLE,
  ints = (length: number): Int32Array => new Int32Array(length),
  like?: Factor,
): Factor {
  const size = block * block;
  const across = ((cols - 1) >> side) + 1;
  const stride = cols + 2 * MARGIN * across;
  const places = stride * (rows + 2 * MARGIN * (((rows - 1) >> side) + 1));
  const positions = like?.positions ?? positionsOf({ cols, rows }, side);
  const alive = new Uint8Array(places);
  const rowWeights = new Int8Array(places);
  for (const i of positions) alive[i] = 1;
  return {
    block,
    cols,
    rows,
    size,
    side,
    across,
    left,
    top,
    stride,
    places,
    positions,
    alive,
    living: like ? [...like.living] : blocksOfParts({ cols, positions, side, across }),
    values: ints(places * size),
    magnitudes: ints(places * size),
    activity: new Int32Array(places),
    plane0: new Float64Array(0),
    ends: new Uint8Array(cols * rows).fill(block === 8 ? 1 : size),
    regressions: [],
    columnWeights: new Uint8Array(size).fill(EXPONENT_ORIGIN),
    rowWeights,
    fineRowWeights: rowWeights,
    runs: emptyRuns(places),
  };
}

/** The blocks of each part, in raster order. */
export function blocksOfParts({
  cols,
  positions,
  side,
  across,
}: Pick<Factor, 'cols' | 'positions' | 'side' | 'across'>): number[][] {
  const blocks: number[][] = [];
  for (let b = 0; b < positions.length; b++)
    (blocks[(Math.floor(b / cols) >> side) * across + ((b % cols) >> side)] ??= []).push(b);
  return blocks;
}

/** The exponents of the rows in plane k; for block layout. */
export const rowsOf = ({ block, rowWeights, fineRowWeights }: Factor, k: number): Int8Array =>
  block === 8 && (k >> 3) + (k & 7) > 2 ? fineRowWeights : rowWeights;

/** The step of plane k at position i, in units of D. */
export const stepAt = (of: Factor, i: number, k: number): number =>
  STEPS[of.columnWeights[k]! + (k ? rowsOf(of, k)[i]! : 0)]!;

/** The position of each block of a grid in parts of 2^side blocks a side. */
export function positionsOf({ cols, rows }: Omit<Grid, 'block'>, side = WHOLE): Int32Array {
  const stride = cols + 2 * MARGIN * (((cols - 1) >> side) + 1);
  const positions = new Int32Array(cols * rows);
  for (let b = 0; b < positions.length; b++)
    positions[b] = placeAt(Math.floor(b / cols), side) * stride + placeAt(b % cols, side);
  return positions;
}

/**
 * The place of block n in a row or column, and the block at a place. For a place in a margin, that is the block that would be there if the
 * grid went on.
 */
const placeAt = (n: number, side: number): number => n + MARGIN * (2 * (n >> side) + 1);
export const numberAt = (place: number, side: number): number =>
  place - MARGIN * (2 * Math.floor(place / ((1 << side) + 2 * MARGIN)) + 1);

/** The block at position i. */
export const blockAt = ({ stride, side, cols }: Factor, i: number): number =>
  numberAt(Math.floor(i / stride), side) * cols + numberAt(i % stride, side);

/** Puts a value (in half steps, not zero) of plane k at position i, and its magnitude where the contexts read it. */
export function putValue(of: Factor, i: number, k: number, value: number): void {
  const { values, magnitudes, places, stride } = of;
  const at = k * places + i;
  const magnitude = compand(value * stepAt(of, i, k));
  const around = magnitude << AROUND;
  const both = around + (magnitude << EAST_SOUTH);
  values[at] = value;
  magnitudes[at]! += magnitude;
  magnitudes[at - 1]! += both;
  magnitudes[at - stride]! += both;
  magnitudes[at + 1]! += around;
  magnitudes[at + stride]! += around;
}
