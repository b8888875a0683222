import type { Grid } from '../matrices/blocks.js';
import { emptyFactor, type Factor } from '../planes/factor.js';

/** What one frame leaves to the next, and factors that all frames share. */
export interface Memory {
  grid: Grid;
  /** What is left over the low-rank part, by channel: coefficient k of block b at b * 64 + k, in units of 1 / 255 of the peak. */
  left: Float32Array[];
  /** By position: 1 where the last frame coded something. */
  coded: Uint8Array;
  /** By position: its sources. */
  sources: Uint8Array;
  /** By channel and position: how much it coded there, in the unit of activities. */
  energies: Int32Array[];
  /** The levels of the present frame. */
  factors: Factor[];
}

/** The memory before the first frame: nothing is left over the low-rank part. */
export function emptyMemory(grid: Grid, channels: number): Memory {
  const factors = Array.from({ length: channels }, () => emptyFactor(grid));
  const { places } = factors[0]!;
  return {
    grid,
    left: factors.map(() => new Float32Array(grid.cols * grid.rows * 64)),
    coded: new Uint8Array(places),
    sources: new Uint8Array(places),
    energies: factors.map(() => new Int32Array(places)),
    factors,
  };
}
