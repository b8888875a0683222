import type { Factor } from '../planes/factor.js';
import { factor } from '../planes/factor.js';
import type { Grid } from '../matrices/blocks.js';

/** What a frame leaves to the next, and scratch that all frames share. */
export interface Memory {
  grid: Grid;
  /** The decoded frame, by channel: coefficient k of block b at b * 64 + k, in units of 1 / 255 of the peak. Undefined before the first. */
  previous: Float32Array[];
  /** Frames decoded. */
  frames: number;
  /** By position: 1 where something was coded in the frame before. */
  coded: Uint8Array;
  /** By position: the source of the frame before. */
  sources: Uint8Array;
  /** By channel and position: level of what the frame before coded there. */
  energies: Int32Array[];
  factors: Factor[];
}

/** The memory before the first frame. */
export function memory(grid: Grid, channels: number): Memory {
  const factors = Array.from({ length: channels }, () => factor(grid));
  const { places } = factors[0]!;
  return {
    grid,
    previous: factors.map(() => new Float32Array(grid.cols * grid.rows * 64)),
    frames: 0,
    coded: new Uint8Array(places),
    sources: new Uint8Array(places),
    energies: factors.map(() => new Int32Array(places)),
    factors,
  };
}
