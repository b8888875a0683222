import { extend, type Plane } from '../core/plane.js';
import type { Grid } from './blocks.js';
import { across } from './lapping.js';
import { transform } from './transform.js';

/** How blocks are overlapped, see `across`, and what the coefficients of their DCTs are multiplied by. */
export interface Lapping {
  w: number[];
  scale: Float64Array;
}

/** Takes a channel apart, its edges repeated up to whole blocks: 64 or 16 numbers a block into `out`. Of blocks that are not `wanted` plane 0 alone is put there. */
export function lappedTransform(
  channel: Plane,
  grid: Grid,
  { w, scale }: Lapping,
  out: Float32Array,
  wanted?: Uint8Array,
): void {
  const { block, cols, rows } = grid;
  const whole = extend(channel, cols * block, rows * block);
  across(whole, block, w);
  transform(whole, grid, scale, out, wanted);
}
