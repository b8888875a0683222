import { mutate } from './mutate/index.js';
import { Random } from './random.js';
import { pickTarget } from './targets/index.js';
import type { Target } from './targets/target.js';

/** Mutation n of a seed. */
export interface Mutation {
  target: Target;
  bytes: Uint8Array;
  /** Gives it to the target. */
  run(): void | Promise<void>;
}

/** Makes mutation n of a seed: the same on every run. */
export function mutationOf(seed: number, n: number): Mutation {
  const random = new Random(seed, n);
  const target = pickTarget(random);
  const bytes = mutate(random, target.suits);
  return { target, bytes, run: () => target.run(bytes, new Random(seed + 1, n)) };
}
