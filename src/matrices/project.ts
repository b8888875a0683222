import type { Plane } from '../core/plane.js';
import { lappedDifference } from './analysis-kernels.js';
import type { Grid } from './blocks.js';
import { INVERSES } from './lapping.js';
import { NORMS } from './norms.js';

const transposed = (w: number[]): number[] => w.map((_, i) => w[(i % 4) * 4 + (i >> 2)]!);

/** The transpose of `unlap`: directions across each other may be taken in any order. */
const TRANSPOSED = { 8: transposed(INVERSES[8]), 4: transposed(INVERSES[4]) };

/**
 * Correlates a channel less `decoded`, which consists of whole blocks, with each atom: the transpose of `synthesise`, in the form and units
 * of `analyse`, to which it would be equal if the overlap were orthogonal. Of blocks that are not `wanted`, only plane 0 is set in `out`.
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
