import { extend, type Plane } from '../core/plane.js';
import type { Grid } from './blocks.js';
import { across } from './lapping.js';
import { transform } from './transform.js';

/** The filter that overlaps blocks (see `across`), and the factors for the coefficients of their DCTs. */
export interface Lapping {
  w: number[];
  scale: Float64Array;
}

/**
 * Transforms a channel, with its edges repeated up to whole blocks: 64 or 16 numbers a block, into `out`. Of blocks that are not `wanted`,
 * only plane 0 is set.
 */
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
