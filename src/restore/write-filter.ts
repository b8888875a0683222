import { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeEncoder } from '../bits/range-encoder.js';
import { PAIRS } from './bank.js';
import { type ChannelFilter, groupsOf, LARGEST_DELTA, LATENT_BITS, PRIORS } from './filter.js';

/** Writes the filters of the colour channels; undefined where a channel has none. The mirror of readFilters. */
export function writeFilters(coder: RangeEncoder, filters: (ChannelFilter | undefined)[]): void {
  const states = new AdaptiveBits(PRIORS);
  const bit = (context: number, value: number): void => {
    coder.bit(value, states.probability(context));
    states.update(context, value);
  };
  const writeDelta = (value: number, tap: number): void => {
    bit(tap < PAIRS ? 1 : 2, value ? 1 : 0);
    if (!value) return;
    coder.bits(1, value < 0 ? 1 : 0);
    const size = Math.abs(value);
    for (let m = 1; m <= size && m < LARGEST_DELTA; m++) bit(3, m < size ? 1 : 0);
  };
  filters.forEach((filter, channel) => {
    coder.bits(1, filter ? 1 : 0);
    if (!filter) return;
    const { latents, deltas } = filter;
    if (!channel) {
      coder.bits(1, latents.length ? 1 : 0);
      for (const latent of latents) coder.bits(LATENT_BITS, latent + 32);
    }
    coder.bits(1, deltas.length ? 1 : 0);
    for (let group = 0; group < groupsOf(channel) && deltas.length; group++) {
      bit(0, deltas[group] ? 1 : 0);
      deltas[group]?.forEach(writeDelta);
    }
  });
}
