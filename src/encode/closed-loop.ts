import type { Plane } from '../core/plane.js';
import { turn } from '../factors/design.js';
import { project } from '../matrices/analyse.js';
import { codedBlocks } from '../planes/coded-blocks.js';
import type { Factor } from '../planes/factor.js';
import { FILLED } from '../planes/fill.js';
import { ORDER8 } from '../planes/order.js';
import { recompose } from '../planes/recompose.js';
import type { ChannelLevels, PictureLevels } from '../planes/write-factors.js';
import { designFilters } from '../restore/design.js';
import type { ChannelFilter } from '../restore/filter.js';
import { restore } from '../restore/restore.js';
import type { Analysis } from './analyse.js';

type Fills = (Float32Array | undefined)[];
type Filters = (ChannelFilter | undefined)[];

/**
 * Where the coefficients of each channel, in steps, should go from `levels` to bring the decoded picture nearer to the original: each level (of plane 0 what
 * its own level decodes to) plus what its atom has of the error that a decoder of `factors` (those levels, decoded) would leave. X V itself is that only where
 * atoms are orthogonal and nothing comes after them: here neighbouring blocks' errors overlap, and the restoration filter follows, whose faults the levels so
 * make up for. Alpha stays at X V, and of blocks that have plane 0 alone only that is looked at. Returns the filters that were designed for
 * these levels; given those of the pass before as `filters`, only the first is renewed. `fills` are what zeros stand for.
 */
export function closedLoop(
  analysis: Analysis,
  levels: PictureLevels,
  factors: Factor[],
  step: number,
  rank: number,
  targets: Float32Array[],
  fills: Fills,
  filters?: Filters,
): Filters {
  const planes = factors.map((of, c) => recompose(of, step / 2, rank, analysis.bases[c], fills[c]));
  const coded = codedBlocks(factors);
  // Those of the other channels change little from pass to pass.
  const renewed = filters ? 1 : planes.length;
  const designed = designFilters(planes, analysis.originals.slice(0, renewed), coded, step);
  const used = [...designed, ...(filters ?? []).slice(renewed)];
  restore(planes, coded, step, used);
  analysis.originals.forEach((original, c) => {
    const target = targets[c]!;
    const basis = analysis.bases[c];
    subtractFrom(original, planes[c]!);
    project(planes[c]!, analysis.grid, levels.channels[c]!.lastBand, target);
    if (basis) target.set(turn(target, basis));
    addTo(target, levels.channels[c]!, factors[c]!, step, fills[c]);
  });
  return used;
}

/** Puts a channel less its decoded form, which may be larger, in the place of that. */
function subtractFrom(original: Plane, { data, width, height }: Plane): void {
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.min(y, original.height - 1) * original.width;
    for (let x = 0; x < width; x++, at++)
      data[at] = original.data[row + Math.min(x, original.width - 1)]! - data[at]!;
  }
}

/** Makes targets of errors: each becomes what is decoded in its place plus the error in steps. */
function addTo(
  target: Float32Array,
  { levels, lastBand }: ChannelLevels,
  { positions, plane0, places }: Factor,
  step: number,
  fills?: Float32Array,
): void {
  for (let b = 0; b < lastBand.length; b++) {
    target[b * 64] = plane0![positions[b]!]! / 2 + target[b * 64]! / step;
    if (!lastBand[b]) continue;
    for (let at = b * 64 + 1; at < b * 64 + 64; at++) target[at] = levels[at]! + target[at]! / step;
    if (fills)
      for (const k of ORDER8.subarray(1, FILLED))
        target[b * 64 + k]! += fills[k * places + positions[b]!]! / 2;
  }
}
