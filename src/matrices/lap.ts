import type { Plane } from '../core/plane.js';
import { acrossColumns, acrossRows, INVERSES } from './lapping.js';

/** The free matrices W of the overlap: found by maximising the coding gain, see lapping.ts. */
// biome-ignore format: a matrix
const W8 = [
  1.062163085954, -0.172342488743, -0.007534840968, -0.039362676838,
  0.240972332553, 0.982938919364, -0.406364443456, 0.102182433362,
  0.072031681355, 0.48294794859, 0.813873025266, -0.571030405651,
  0.076840239309, 0.202806922092, 0.673997804665, 0.907137405658,
];
// biome-ignore format: a matrix
const W4 = [
  1, 0, 0, 0,
  0, 1, 0, 0,
  0, 0, 1.214830379659, -0.272754983301,
  0, 0, 0.613432464979, 1.225657499850,
];

/** Overlaps the blocks of `plane`, in place: rows first (across vertical borders), then columns. */
export function lap(plane: Plane, block: 4 | 8): void {
  const w = block === 8 ? W8 : W4;
  acrossColumns(plane, block, w);
  acrossRows(plane, block, w);
}

const transposed = (w: number[]): number[] => w.map((_, i) => w[(i % 4) * 4 + (i >> 2)]!);
const TRANSPOSED = { 8: transposed(INVERSES[8]), 4: transposed(INVERSES[4]) };

/** The transpose of `unlap`, in place. */
export function lapTransposed(plane: Plane, block: 4 | 8): void {
  acrossColumns(plane, block, TRANSPOSED[block]);
  acrossRows(plane, block, TRANSPOSED[block]);
}
