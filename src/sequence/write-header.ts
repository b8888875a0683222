import { BitWriter } from '../bits/bit-writer.js';
import { checksum } from '../bits/checksum.js';
import { STEP_BITS } from '../planes/step.js';
import {
  CHECK_BITS,
  DURATION_ORDER,
  FACTOR_SIZE_ORDER,
  FRAMES_ORDER,
  GAIN_BITS,
  LOOPS_ORDER,
  SEQUENCE_SIGNATURE,
  SEQUENCE_VERSION,
  SEQUENCE_VERSION_BITS,
  type SequenceHeader,
  TEMPORAL_RANK_BITS,
} from './header.js';

/** Writes the header of a sequence; the mirror of readSequenceHeader, field by field. The factors' pictures follow it. */
export function writeSequenceHeader(header: SequenceHeader): Uint8Array {
  const { frames, loops, step, durations, gains, sizes } = header;
  const bits = new BitWriter();
  bits.put(SEQUENCE_SIGNATURE);
  bits.u(SEQUENCE_VERSION_BITS, SEQUENCE_VERSION);
  bits.ue(FRAMES_ORDER, frames - 1);
  bits.ue(LOOPS_ORDER, loops);
  bits.u(STEP_BITS, step);
  bits.u(TEMPORAL_RANK_BITS, sizes.length - 1);
  bits.u(1, durations.length > 1 ? 1 : 0);
  for (const duration of durations) bits.ue(DURATION_ORDER, duration);
  for (const of of gains) {
    bits.u(1, of.length ? 1 : 0);
    for (const gain of of) bits.s(GAIN_BITS, gain);
  }
  for (const size of sizes) bits.ue(FACTOR_SIZE_ORDER, size - 1);
  bits.align();
  bits.u(CHECK_BITS, checksum(bits.bytes()) % 2 ** CHECK_BITS);
  return bits.bytes();
}
