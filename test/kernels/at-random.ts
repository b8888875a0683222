import { enableKernels } from '../../dist/kernels/enable-kernels.js';
import { loadMachine } from '../../dist/kernels/load-machine.js';
import type { Shape } from '../../dist/planes/factors.js';

export const machine = loadMachine()!;

/** A generator of integers below a limit, the same on every run. */
export function generator(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export type Random = ReturnType<typeof generator>;

/** The results of work with kernels, even for small pictures, and without. */
export function both<T>(work: () => T): [T, T] {
  enableKernels(machine, 0);
  const one = work();
  enableKernels(undefined);
  return [one, work()];
}

/** A picture of any kind, at most `side` pixels high and seldom wider. */
export const shapeOf = (random: Random, side: number): Shape & { rank: number } => ({
  width: 1 + random(random(20) ? side : 400),
  height: 1 + random(side),
  channels: 1 + random(4),
  step: random(4096),
  rank: random(3) ? 64 : 1 + random(64),
  compact: random(5) === 0,
  weights: random(3)
    ? {
        plane0: random(16),
        luma: random(64),
        chroma: random(32),
        chromaRise: random(64),
        activity: random(8),
        texture: random(8),
      }
    : undefined,
});
