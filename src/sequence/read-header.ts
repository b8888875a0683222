import { BitReader } from '../bits/bit-reader.js';
import { checksum } from '../bits/checksum.js';
import { fail } from '../core/errors.js';
import { STEP_BITS } from '../planes/step.js';
import {
  CHECK_BITS,
  DURATION_ORDER,
  FACTOR_SIZE_ORDER,
  FRAMES_ORDER,
  GAIN_BITS,
  LOOPS_ORDER,
  MAX_DURATION,
  MAX_FRAMES,
  MAX_LOOPS,
  SEQUENCE_SIGNATURE,
  SEQUENCE_VERSION,
  SEQUENCE_VERSION_BITS,
  type SequenceHeader,
  TEMPORAL_RANK_BITS,
} from './header.js';

/**
 * Reads the header of a sequence; the mirror of writeSequenceHeader, field by field. Returns it with the offset of the first factor's picture. Throws
 * EMPTY, NOT_LRK, VERSION, TRUNCATED, CORRUPT.
 */
export function readSequenceHeader(bytes: Uint8Array): { header: SequenceHeader; start: number } {
  checkSignature(bytes);
  const bits = new BitReader(bytes, SEQUENCE_SIGNATURE.length);
  const version = bits.u(SEQUENCE_VERSION_BITS, 'version');
  if (version !== SEQUENCE_VERSION) fail('VERSION', 'version', version, SEQUENCE_VERSION, bits.offset);
  const frames = bits.ue(FRAMES_ORDER, 'frames', 1, MAX_FRAMES);
  const loops = bits.ue(LOOPS_ORDER, 'loops', 0, MAX_LOOPS);
  const step = bits.u(STEP_BITS, 'step');
  const rank = bits.u(TEMPORAL_RANK_BITS, 'temporal rank') + 1;
  // Lists grow as their bits are there: a number in the file allocates nothing.
  const list = (count: number, read: () => number): number[] => {
    const numbers: number[] = [];
    while (numbers.length < count) numbers.push(read());
    return numbers;
  };
  const durations = list(bits.u(1, 'durations') ? frames : 1, () =>
    bits.ue(DURATION_ORDER, 'duration', 0, MAX_DURATION),
  );
  const gains: number[][] = [];
  for (let k = 0; k < rank; k++)
    gains.push(list(bits.u(1, 'gains') ? frames : 0, () => bits.s(GAIN_BITS, 'gain')));
  const sizes = list(rank, () => bits.ue(FACTOR_SIZE_ORDER, 'factor bytes', 1));
  bits.align('header padding');
  const end = bits.offset;
  const sum = checksum(bytes.subarray(0, end)) % 2 ** CHECK_BITS;
  const check = bits.u(CHECK_BITS, 'header check');
  if (check !== sum) fail('CORRUPT', 'header check', check, sum, end);
  return { header: { frames, loops, step, durations, gains, sizes }, start: bits.offset };
}

/** Are these the first bytes of a sequence, of any version? */
export const isSequence = (bytes: Uint8Array): boolean =>
  SEQUENCE_SIGNATURE.every((byte, i) => bytes[i] === byte);

function checkSignature(bytes: Uint8Array): void {
  if (!bytes.length) fail('EMPTY', 'file', '0 bytes', 'a sequence');
  if (isSequence(bytes)) return;
  const short =
    bytes.length < SEQUENCE_SIGNATURE.length && bytes.every((byte, i) => SEQUENCE_SIGNATURE[i] === byte);
  const got = Array.from(bytes.subarray(0, 3), byte => byte.toString(16)).join(' ');
  fail(short ? 'TRUNCATED' : 'NOT_LRK', 'signature', got, 'd7 4c 53', short ? bytes.length : 0);
}
