import type { RangeDecoder } from '../bits/range-decoder.js';
import { LATENTS, TAPS } from './bank.js';
import {
  type ChannelFilter,
  GOES_ON,
  groupsOf,
  HAS_DELTAS,
  LARGEST_DELTA,
  LATENT_BITS,
  NOT_ZERO,
} from './filter.js';

/** Reads the filters of so many colour channels; undefined where a channel has none. The mirror of writeFilters. */
export function readFilters(coder: RangeDecoder, channels: number): (ChannelFilter | undefined)[] {
  const delta = (): number => {
    if (!coder.bit(NOT_ZERO)) return 0;
    const negative = coder.bits(1);
    let m = 1;
    while (m < LARGEST_DELTA && coder.bit(GOES_ON)) m++;
    return negative ? -m : m;
  };
  return Array.from({ length: channels }, (_, channel) => {
    if (!coder.bits(1)) return undefined;
    const filter: number[] = [];
    if (channel) {
      if (!coder.bits(1)) return filter;
    } else for (let k = 0; k < LATENTS; k++) filter.push(coder.bits(LATENT_BITS) - 32);
    for (let group = groupsOf(channel); group; group--) {
      const has = coder.bit(HAS_DELTAS);
      for (let tap = 0; tap < TAPS; tap++) filter.push(has ? delta() : 0);
    }
    return filter;
  });
}
