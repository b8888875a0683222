import { blocksOfParts, type Factor } from './factor.js';
import type { Factors } from './factors.js';

/** Resets used factors to what `emptyFactors` gives: large arrays are expensive to make anew. */
export function clearFactors({ channels, thumbs }: Factors): void {
  channels.forEach(clear);
  thumbs.forEach(clear);
}

function clear(of: Factor): void {
  const { block, size, positions } = of;
  of.values.fill(0);
  of.magnitudes.fill(0);
  of.activity.fill(0);
  of.ends.fill(block === 8 ? 1 : size);
  of.living = blocksOfParts(of);
  of.alive.fill(0);
  for (const i of positions) of.alive[i] = 1;
  of.regressions = [];
  for (const marks of of.runs) marks.fill(0);
}
