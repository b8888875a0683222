import type { Random } from '../random.js';
import { codesTarget } from './codes.js';
import { decodeTarget } from './decode.js';
import { inspectTarget } from './inspect.js';
import { kernelsTarget } from './kernels.js';
import { regionTarget } from './region.js';
import { sequenceTarget } from './sequence.js';
import { serveTarget } from './serve.js';
import { streamTarget } from './stream.js';
import type { Target } from './target.js';
import { truncateTarget } from './truncate.js';

export const TARGETS: readonly Target[] = [
  { ...decodeTarget, weight: 2 },
  inspectTarget,
  truncateTarget,
  regionTarget,
  streamTarget,
  kernelsTarget,
  sequenceTarget,
  serveTarget,
  codesTarget,
];

/** One of the targets, by weight. */
export function pickTarget(random: Random): Target {
  let at = random.next() * TARGETS.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return TARGETS.find(({ weight = 1 }) => (at -= weight) < 0)!;
}
