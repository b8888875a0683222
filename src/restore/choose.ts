import { GROUP_OF_CLASS } from './bank.js';
import { TURNS } from './filter.js';
import { roughness } from './roughness.js';
import type { Samples } from './samples.js';

/** Bounds of a block's activity, in steps. */
const ACTIVITY = [0.05, 0.12, 0.25, 0.6];

/**
 * Which filter each 4x4 block of a channel takes, group * TURNS + turn: in the first channel by activity, direction and rank, in the others by
 * rank. `ranks` holds for each 8x8 block of this channel how far it goes, 0 to 3. `step` is the quantiser step.
 */
export function chooseFilters(
  samples: Samples,
  channel: number,
  ranks: Uint8Array,
  step: number,
): Uint8Array {
  const cols = samples.width >> 2;
  const bounds = ACTIVITY.map(a => Math.floor(1024 * step * a));
  const sums = channel ? undefined : roughness(samples);
  const chosen = new Uint8Array(ranks.length * 4);
  for (let b = 0; b < chosen.length; b++) {
    const x = b % cols;
    const rank = ranks[(((b - x) / cols) >> 1) * (cols >> 1) + (x >> 1)]!;
    chosen[b] = sums ? classFilter(sums, b, bounds, rank) : rank * TURNS;
  }
  return chosen;
}

function classFilter(sums: Int32Array[], b: number, bounds: number[], rank: number): number {
  const across = sums[0]![b]!;
  const down = sums[1]![b]!;
  const one = sums[2]![b]!;
  const other = sums[3]![b]!;
  let activity = 0;
  while (activity < 4 && across + down > bounds[activity]!) activity++;
  let most = Math.max(across, down);
  let least = Math.min(across, down);
  let turn = down > across ? 1 : 0;
  const most2 = Math.max(one, other);
  const least2 = Math.min(one, other);
  let direction = 0;
  if (most * least2 <= most2 * least) {
    most = most2;
    least = least2;
    turn = other > one ? 2 : 0;
    direction = 2;
  }
  direction = most > 4 * least ? direction + 2 : 5 * most > 9 * least ? direction + 1 : 0;
  return GROUP_OF_CLASS[(activity * 5 + direction) * 4 + rank]! * TURNS + (direction && turn);
}
