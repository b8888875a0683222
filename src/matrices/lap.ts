import type { Plane } from '../core/plane.js';
import { acrossColumns, acrossRows, INVERSES } from './lapping.js';

/** The free matrices W of the overlap: found by maximising the coding gain, see lapping.ts. */
// biome-ignore format: a matrix
const W8 = [
  1.035550266452, -0.183215475124, -0.005144710326, -0.041148664887,
  0.214272978966, 0.952882975282, -0.414742466534, 0.103045982408,
  0.046133902439, 0.447719066183, 0.783806532669, -0.576383739039,
  0.054996912995, 0.164936300465, 0.633343831088, 0.884844182687,
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
