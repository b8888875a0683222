import type { Codec } from './codec.js';
import { lowrankCodec, NAMES } from './lowrank.js';
import { peers } from './peers.js';

/** Is this the name of our own codec, with any options? */
export const isOurs = (name: string): boolean => /^lowrank(-|$)/.test(name);

/** The codec of that name; throws if there is none. */
export function codecNamed(name: string): Codec {
  const codec = isOurs(name) ? lowrankCodec(name) : peers[name];
  if (!codec)
    throw new Error(`unknown codec ${name}: expected ${NAMES} or one of ${Object.keys(peers).join(', ')}`);
  return codec;
}

/** `points` of the ladder, evenly spread with both ends; all of them if it has no more or `points` is 0. */
export const pickLadder = (ladder: readonly number[], points: number): number[] =>
  points < 2 || points >= ladder.length
    ? [...ladder]
    : Array.from({ length: points }, (_, i) => ladder[Math.round((i * (ladder.length - 1)) / (points - 1))]!);
