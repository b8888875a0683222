import type { Plane } from '../core/plane.js';
import { type Grid, synthesise } from '../matrices/blocks.js';
import { NORMS8 } from '../matrices/lapping.js';

/** A frame's channels from its low-rank part and what is left over; without `left`, from the low-rank part alone. */
export const composeFrame = (
  lowRank: Float32Array[],
  left: Float32Array[] | undefined,
  grid: Grid,
): Plane[] =>
  lowRank.map((low, c) => {
    const rest = left?.[c];
    return synthesise(grid, 8, (b, x) => {
      for (let k = 0, i = b * 64; k < 64; k++, i++) x[k] = (rest ? low[i]! + rest[i]! : low[i]!) / NORMS8[k]!;
      return 63;
    });
  });
