import { joined } from '../../../src/format/joined.js';
import type { Random } from '../random.js';

type Change = (bytes: Uint8Array, random: Random) => Uint8Array;

/** Changes a few bytes somewhere. */
function stretch({ length }: Uint8Array, random: Random): [from: number, to: number] {
  const from = random.below(length + 1);
  return [from, Math.min(length, from + 1 + random.small(length))];
}

function altered(bytes: Uint8Array, random: Random, change: (byte: number) => number): Uint8Array {
  const copy = bytes.slice();
  for (let times = 1 + random.small(12); times-- && copy.length; ) {
    const at = random.below(copy.length);
    copy[at] = change(copy[at]!);
  }
  return copy;
}

const CHANGES: readonly Change[] = [
  (bytes, random) => altered(bytes, random, byte => byte ^ (1 << random.below(8))),
  (bytes, random) => altered(bytes, random, () => random.below(256)),
  (bytes, random) => altered(bytes, random, () => random.pick([0, 1, 127, 128, 255])),
  (bytes, random) => altered(bytes, random, byte => byte + random.between(-2, 2)),
  // A stretch of zeros, ones or noise.
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    const copy = bytes.slice();
    const fill = random.pick([0, 255, undefined]);
    return fill === undefined
      ? joined([bytes.subarray(0, from), random.bytes(to - from), bytes.subarray(to)])
      : copy.fill(fill, from, to);
  },
  // Cut out, doubled, or moved.
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return joined([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return joined([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    const at = random.below(from + 1);
    return joined([
      bytes.subarray(0, at),
      bytes.subarray(from, to),
      bytes.subarray(at, from),
      bytes.subarray(to),
    ]);
  },
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return joined([bytes.subarray(0, at), random.bytes(1 + random.small(40)), bytes.subarray(at)]);
  },
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random) => joined([bytes, random.bytes(1 + random.small(200))]),
];

/** Bytes as a bad disk, a bad connection or an attacker would leave them. */
export const changeBytes: Change = (bytes, random) => random.pick(CHANGES)(bytes, random);
