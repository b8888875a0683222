import type { Plane } from '../core/plane.js';
import { applyFilter } from './apply.js';
import { chooseFilters } from './choose.js';
import { clipsOf } from './clips.js';
import { type ChannelFilter, coefficientsOf } from './filter.js';
import { type Samples, toSamples } from './samples.js';

/**
 * Filters the channels that have a filter, in place; the others stay as they are, to the last bit. `ranks` holds by channel for each 8x8 block how far
 * it goes, 0 to 3. `step` is the quantiser step.
 */
export function restore(
  planes: Plane[],
  ranks: Uint8Array[],
  step: number,
  filters: (ChannelFilter | undefined)[],
): void {
  const clips = clipsOf(step);
  let samples: Samples | undefined;
  filters.forEach((filter, channel) => {
    if (!filter) return;
    const plane = planes[channel]!;
    samples = toSamples(plane, samples);
    const chosen = chooseFilters(samples, channel, ranks[channel]!, step);
    applyFilter(samples, chosen, coefficientsOf(channel, filter), clips, plane.data);
  });
}
