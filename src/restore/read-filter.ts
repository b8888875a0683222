import { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeDecoder } from '../bits/range-decoder.js';
import { LATENTS, PAIRS, TAPS } from './bank.js';
import { type ChannelFilter, groupsOf, LARGEST_DELTA, LATENT_BITS, PRIORS } from './filter.js';

/** Reads the filters of so many colour channels; undefined where a channel has none. The mirror of writeFilters. */
export function readFilters(coder: RangeDecoder, channels: number): (ChannelFilter | undefined)[] {
  const states = new AdaptiveBits(PRIORS);
  const bit = (context: number): number => {
    const value = coder.bit(states.probability(context));
    states.update(context, value);
    return value;
  };
  const list = <T>(length: number, read: (i: number) => T): T[] => Array.from({ length }, (_, i) => read(i));
  const delta = (tap: number): number => {
    if (!bit(tap < PAIRS ? 1 : 2)) return 0;
    const negative = coder.bits(1);
    let m = 1;
    while (m < LARGEST_DELTA && bit(3)) m++;
    return negative ? -m : m;
  };
  return list(channels, channel => {
    if (!coder.bits(1)) return;
    const latents = !channel && coder.bits(1) ? list(LATENTS, () => coder.bits(LATENT_BITS) - 32) : [];
    const deltas = coder.bits(1)
      ? list(groupsOf(channel), () => (bit(0) ? list(TAPS, delta) : undefined))
      : [];
    return { latents, deltas };
  });
}
