import type { Grid } from '../matrices/blocks.js';
import { COMPAND } from './companding.js';

/** Positions kept free around the grid on every side, so that neighbours need no tests. */
export const MARGIN = 2;

/**
 * The quantised U of one channel (blocks of 8), or of its plane 0 (blocks of 4), with what its neighbours' contexts read. A block's place
 * is its position, counted with a margin of two on every side; element k of the block at position i stands at i * size + k.
 */
export interface Factor extends Grid {
  /** Planes: block squared, 64 or 16. */
  size: number;
  /** Positions from one row of blocks to the next. */
  stride: number;
  /** Quantised values, signed. Element 0 of a channel holds plane 0 in the same unit. */
  values: Int32Array;
  /** Companded magnitudes. Element 0 is always 0, so that a neighbour that does not exist can point there. */
  magnitudes: Uint8Array;
  /** Sums of the magnitudes of the same plane in the blocks east and south, and in all four around; kept up as levels are coded. */
  eastSouth: Uint16Array;
  around: Uint16Array;
  /** Activity of each position: magnitudes so far, the older the less. */
  activity: Int32Array;
  /** Sums over the planes so far, by position: luma^2, luma x this channel, the same with the first chroma channel; where a channel may look. */
  lumaSquares?: Float64Array;
  lumaProducts?: Float64Array;
  chromaSquares?: Float64Array;
  chromaProducts?: Float64Array;
  /** 1 where the row's rank has not ended, by position. */
  alive: Uint8Array;
  /** The alive positions, in raster order. */
  living: Int32Array;
}

/** A factor of zeros with every block alive. */
export function factor(grid: Grid): Factor {
  const { block, cols, rows } = grid;
  const size = block * block;
  const stride = cols + 2 * MARGIN;
  const places = stride * (rows + 2 * MARGIN);
  const alive = new Uint8Array(places);
  const living = new Int32Array(cols * rows);
  for (let b = 0; b < cols * rows; b++) {
    living[b] = (Math.floor(b / cols) + MARGIN) * stride + (b % cols) + MARGIN;
    alive[living[b]!] = 1;
  }
  return {
    block,
    cols,
    rows,
    size,
    stride,
    alive,
    living,
    values: new Int32Array(places * size),
    magnitudes: new Uint8Array(places * size),
    eastSouth: new Uint16Array(places * size),
    around: new Uint16Array(places * size),
    activity: new Int32Array(places),
  };
}

/** Puts a value (in half steps, not zero) of plane k at position i, and its magnitude where the contexts read it. */
export function putValue(
  { values, magnitudes, eastSouth, around, size, stride }: Factor,
  i: number,
  k: number,
  value: number,
): void {
  const at = i * size + k;
  const absolute = value < 0 ? -value : value;
  const magnitude = COMPAND[absolute < 511 ? absolute : 511]!;
  values[at] = value;
  magnitudes[at] = magnitude;
  const down = stride * size;
  eastSouth[at - size]! += magnitude;
  eastSouth[at - down]! += magnitude;
  around[at - size]! += magnitude;
  around[at - down]! += magnitude;
  around[at + size]! += magnitude;
  around[at + down]! += magnitude;
}

/** The position of block b, counted in raster order. */
export const positionOf = (of: Factor, b: number): number =>
  (Math.floor(b / of.cols) + MARGIN) * of.stride + (b % of.cols) + MARGIN;

/** The block, counted in raster order, at position i. */
export const blockOf = (of: Factor, i: number): number =>
  (Math.floor(i / of.stride) - MARGIN) * of.cols + (i % of.stride) - MARGIN;
