import { joined } from '../../../src/format/joined.js';
import { pickSeed, type Seed } from '../corpus.js';
import type { Random } from '../random.js';
import { changeBytes } from './change-bytes.js';
import { changePicture } from './change-picture.js';
import { changeSequence } from './change-sequence.js';
import { mendCheck } from './mend-check.js';

/** Beginnings of files, to be followed by noise. */
const BEGINNINGS = [
  [],
  [0xd7, 0x4c, 0x0d, 0x0a],
  [0xd7, 0x4c, 0x0d, 0x0a, 0, 0x10, 3, 8, 0, 20, 0, 30],
  [0xd7, 0x4c, 0x0d, 0x0a, 1, 0x10, 3, 8, 0, 20, 0, 30],
  [0xd7, 0xf0],
  [0xd7, 0xf0, 0x10],
];

/** A file made from another one, or from two. */
export function mutateFrom(seed: Seed, other: Seed, random: Random): Uint8Array {
  const { bytes, sequence } = seed;
  const kind = random.below(20);
  if (kind < 3) return changeBytes(bytes, random);
  if (kind < 5) return mendCheck(changeBytes(bytes, random).slice());
  if (kind < 6) {
    const at = random.below(bytes.length);
    const spliced = joined([
      bytes.subarray(0, at),
      other.bytes.subarray(random.chance(0.5) ? at : random.below(at + 1)),
    ]);
    return random.chance(0.5) ? mendCheck(spliced) : spliced;
  }
  if (kind < 7) {
    const noise = joined([Uint8Array.from(random.pick(BEGINNINGS)), random.bytes(random.small(600))]);
    return random.chance(0.7) ? mendCheck(noise) : noise;
  }
  return sequence ? changeSequence(bytes, other.bytes, random) : changePicture(bytes, other.bytes, random);
}

/** A new file made from golden ones: damaged, contradictory, or merely odd. Some are changed twice. */
export function mutate(random: Random, suits?: (seed: Seed) => boolean): Uint8Array {
  const seed = pickSeed(random, suits);
  const other = pickSeed(random, ({ sequence }) => !sequence);
  const once = mutateFrom(seed, other, random);
  return random.chance(0.15) ? mutateFrom({ ...seed, bytes: once }, other, random) : once;
}
