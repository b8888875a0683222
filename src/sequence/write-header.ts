import { headerWriter } from '../format/header-writer.js';
import { writePlainHeader } from '../format/write-plain-header.js';
import { STEP_BITS } from '../planes/step.js';
import {
  DURATION_ORDER,
  FACTOR_SIZE_ORDER,
  FRAMES_ORDER,
  GAIN_BITS,
  LOOPS_ORDER,
  type SequenceHeader,
  TEMPORAL_RANK_BITS,
} from './header.js';

/** Writes the header of a sequence; the mirror of readSequenceHeader, field by field. The factors' pictures follow it. */
export function writeSequenceHeader(header: SequenceHeader): Uint8Array {
  const { frames, loops, step, durations, gains, sizes, extensions } = header;
  const { coder, number, end } = headerWriter();
  number(FRAMES_ORDER, frames - 1);
  number(LOOPS_ORDER, loops);
  coder.bits(STEP_BITS, step);
  coder.bits(TEMPORAL_RANK_BITS, sizes.length - 1);
  coder.bits(1, durations.length > 1 ? 1 : 0);
  for (const duration of durations) number(DURATION_ORDER, duration);
  for (const of of gains) {
    coder.bits(1, of.length ? 1 : 0);
    for (const gain of of) coder.bits(GAIN_BITS, gain + 2 ** (GAIN_BITS - 1));
  }
  for (const size of sizes) number(FACTOR_SIZE_ORDER, size - 1);
  return end(writePlainHeader('sequence', header), extensions);
}
