import type { Plane } from '../core/plane.js';
import { across } from './analysis-kernels.js';
import { INVERSES } from './lapping.js';

/** The free matrices W of the overlap: found by maximising the coding gain, see lapping.ts. */
// biome-ignore format: a matrix
const W8 = [
  1.061927910726, -0.172387723769, -0.007161214577, -0.039855673163,
  0.240757349124, 0.983112341044, -0.406510104626, 0.102080309067,
  0.072117387687, 0.48244029549, 0.81370704859, -0.571639910405,
  0.076366685712, 0.202702944153, 0.673779734407, 0.907277360706,
];
// biome-ignore format: a matrix
const W4 = [
  1, 0, 0, 0,
  0, 1, 0, 0,
  0, 0, 1.139800118412, -0.441384493755,
  0, 0, 0.285393186725, 1.444692218515,
];

/** Overlaps the blocks of `plane`, in place. */
export const lap = (plane: Plane, block: 4 | 8): void => across(plane, block, block === 8 ? W8 : W4);

const transposed = (w: number[]): number[] => w.map((_, i) => w[(i % 4) * 4 + (i >> 2)]!);
const TRANSPOSED = { 8: transposed(INVERSES[8]), 4: transposed(INVERSES[4]) };

/** The transpose of `unlap`, in place: directions across each other may be taken in any order. */
export const lapTransposed = (plane: Plane, block: 4 | 8): void => across(plane, block, TRANSPOSED[block]);
