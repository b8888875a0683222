import type { RangeEncoder } from '../bits/range-encoder.js';
import { LATENTS, TAPS } from './bank.js';
import { type ChannelFilter, GOES_ON, HAS_DELTAS, LARGEST_DELTA, LATENT_BITS, NOT_ZERO } from './filter.js';

/** Writes the filters of the colour channels; undefined where a channel has none. The mirror of readFilters. */
export function writeFilters(coder: RangeEncoder, filters: (ChannelFilter | undefined)[]): void {
  const writeDelta = (value: number): void => {
    coder.bit(value ? 1 : 0, NOT_ZERO);
    if (!value) return;
    coder.bits(1, value < 0 ? 1 : 0);
    const size = Math.abs(value);
    for (let m = 1; m <= size && m < LARGEST_DELTA; m++) coder.bit(m < size ? 1 : 0, GOES_ON);
  };
  filters.forEach((filter, channel) => {
    coder.bits(1, filter ? 1 : 0);
    if (!filter) return;
    if (channel) coder.bits(1, filter.length ? 1 : 0);
    const latents = channel ? 0 : LATENTS;
    for (const latent of filter.slice(0, latents)) coder.bits(LATENT_BITS, latent + 32);
    for (let at = latents; at < filter.length; at += TAPS) {
      const deltas = filter.slice(at, at + TAPS);
      const has = deltas.some(delta => delta);
      coder.bit(has ? 1 : 0, HAS_DELTAS);
      if (has) deltas.forEach(writeDelta);
    }
  });
}
