import { extend, type Plane } from '../core/plane.js';
import type { Grid } from './blocks.js';
import { type Lapping, lappedTransform } from './lapped-transform.js';

/** `lappedTransform` of a channel less `less`, a plane of whole blocks. */
export function lappedDifference(
  channel: Plane,
  less: Plane,
  grid: Grid,
  lapping: Lapping,
  out: Float32Array,
  wanted: Uint8Array,
): void {
  const whole = extend(channel, less.width, less.height);
  for (let i = 0; i < whole.data.length; i++) whole.data[i]! -= less.data[i]!;
  lappedTransform(whole, grid, lapping, out, wanted);
}
