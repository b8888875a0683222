import type { Plane } from '../core/plane.js';
import { lappedDifference } from './analysis-kernels.js';
import type { Grid } from './blocks.js';
import { INVERSES } from './lapping.js';
import { NORMS } from './norms.js';

const transposed = (w: number[]): number[] => w.map((_, i) => w[(i % 4) * 4 + (i >> 2)]!);

/** The transpose of `unlap`: directions across each other may be taken in any order. */
const TRANSPOSED = { 8: transposed(INVERSES[8]), 4: transposed(INVERSES[4]) };

/**
 * What each atom has of what a channel is more than `decoded`, which is whole blocks: the transpose of `synthesise`, in the form and the units of `analyse`. Equal to
 * it where the overlap is orthogonal. Of blocks that are not `wanted` plane 0 alone is put into `out`.
 */
export const project = (
  channel: Plane,
  decoded: Plane,
  grid: Grid,
  wanted: Uint8Array,
  out: Float32Array,
): void =>
  lappedDifference(
    channel,
    decoded,
    grid,
    { w: TRANSPOSED[grid.block], scale: NORMS[grid.block].map(norm => 1 / norm) },
    out,
    wanted,
  );
