import { headerReader } from '../format/header-reader.js';
import { PLAIN_BYTES } from '../format/plain-header.js';
import { readPlainHeader } from '../format/read-plain-header.js';
import { STEP_BITS } from '../planes/step.js';
import {
  DURATION_ORDER,
  FACTOR_SIZE_ORDER,
  FRAMES_ORDER,
  GAIN_BITS,
  LOOPS_ORDER,
  MAX_DURATION,
  MAX_FRAMES,
  MAX_LOOPS,
  type SequenceHeader,
  TEMPORAL_RANK_BITS,
} from './header.js';

/**
 * Reads the header of a sequence; the mirror of writeSequenceHeader, field by field. Returns it with the offset of the first factor's
 * picture. Throws EMPTY, NOT_LRK, VERSION, TRUNCATED, CORRUPT.
 */
export function readSequenceHeader(bytes: Uint8Array): { header: SequenceHeader; start: number } {
  const plain = readPlainHeader(bytes, 'sequence');
  const { coder, number, end } = headerReader(bytes, PLAIN_BYTES);
  // No field can have an invalid value.
  const frames = Math.min(number(FRAMES_ORDER) + 1, MAX_FRAMES);
  const loops = Math.min(number(LOOPS_ORDER), MAX_LOOPS);
  const step = coder.bits(STEP_BITS);
  const rank = coder.bits(TEMPORAL_RANK_BITS) + 1;
  // Lists grow as their bits are read: a number in the file allocates nothing.
  const list = (count: number, read: () => number): number[] => {
    const numbers: number[] = [];
    while (numbers.length < count) numbers.push(read());
    return numbers;
  };
  const durations = list(coder.bits(1) ? frames : 1, () => Math.min(number(DURATION_ORDER), MAX_DURATION));
  const gains = list(rank, () => 0).map(() =>
    list(coder.bits(1) ? frames : 0, () => coder.bits(GAIN_BITS) - 2 ** (GAIN_BITS - 1)),
  );
  const sizes = list(rank, () => number(FACTOR_SIZE_ORDER) + 1);
  const { extensions, start } = end();
  return { header: { ...plain, frames, loops, step, durations, gains, sizes, extensions }, start };
}
