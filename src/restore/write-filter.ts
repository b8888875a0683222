import { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeEncoder } from '../bits/range-encoder.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';
import { writeSigned } from '../bits/write-signed.js';
import type { ChannelFilter } from './filter.js';

/** Writes the filters of the colour channels; undefined where a channel has none. The mirror of readFilters. */
export function writeFilters(coder: RangeEncoder, filters: (ChannelFilter | undefined)[]): void {
  const states = new AdaptiveBits(new Uint8Array(GOLOMB_CONTEXTS));
  const bit = (context: number, value: number): void => {
    coder.bit(value, states.probability(context));
    states.update(context, value);
  };
  for (const filter of filters) {
    coder.bits(1, filter ? 1 : 0);
    for (const delta of filter ?? []) writeSigned(bit, 0, delta);
  }
}
