import type { Plane } from '../core/plane.js';
import { clipsOf } from './clips.js';
import { type ChannelFilter, coefficientsOf } from './filter.js';
import { applyFilter, chooseFilters, smooth, toSamples } from './kernels.js';

/**
 * Filters the channels that have a filter, in place; the others do not change in a bit. `coded` holds, by channel and 8x8 block, 1 if more
 * than plane 0 is coded, else 0. `step` is the quantiser step, `weighted` whether the file has weights.
 */
export function restore(
  planes: Plane[],
  coded: Uint8Array[],
  step: number,
  filters: (ChannelFilter | undefined)[],
  weighted = false,
): void {
  filters.forEach((filter, channel) => {
    if (!filter) return;
    const plane = planes[channel]!;
    const known = coded[channel]!;
    if (channel) smooth(plane, known, step);
    else {
      const samples = toSamples(plane);
      const chosen = chooseFilters(samples, known, step);
      applyFilter(samples, chosen, coefficientsOf(filter, weighted), clipsOf(step), plane.data);
    }
  });
}
