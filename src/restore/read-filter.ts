import { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeDecoder } from '../bits/range-decoder.js';
import { GOLOMB_CONTEXTS } from '../bits/read-golomb.js';
import { readSigned } from '../bits/read-signed.js';
import { GROUPS, TAPS } from './bank.js';
import type { ChannelFilter } from './filter.js';

/** Reads the filters of this many colour channels; undefined where a channel has none. The mirror of writeFilters. */
export function readFilters(coder: RangeDecoder, channels: number): (ChannelFilter | undefined)[] {
  const states = new AdaptiveBits(new Uint8Array(GOLOMB_CONTEXTS));
  return Array.from({ length: channels }, (_, channel) =>
    coder.bits(1)
      ? Array.from({ length: channel ? 0 : GROUPS * TAPS }, () => readSigned(coder, states, 0))
      : undefined,
  );
}
