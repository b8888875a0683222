import { extend, type Plane } from '../core/plane.js';
import { turn } from '../factors/design.js';
import { project } from '../matrices/analyse.js';
import type { Factor } from '../planes/factor.js';
import { recompose } from '../planes/recompose.js';
import type { PictureLevels } from '../planes/write-factors.js';
import { designFilters } from '../restore/design.js';
import type { ChannelFilter } from '../restore/filter.js';
import { restore } from '../restore/restore.js';
import type { Analysis } from './analyse.js';

type Filters = (ChannelFilter | undefined)[];

/**
 * Where the coefficients of each channel, in steps, should go from `levels` to bring the decoded picture nearer to the original: each level (of
 * plane 0 what its own level decodes to) plus what its atom has of the error that a decoder of `factors` (those levels, decoded) would leave. X V itself is that only where atoms are orthogonal and
 * nothing comes after them: here neighbouring blocks' errors overlap, and the restoration filter follows, whose faults the levels so make up for. Alpha stays
 * at X V. `filters` are those that the decoder will have, as far as known; without them, they are designed.
 */
export function closedLoop(
  analysis: Analysis,
  open: Float32Array[],
  levels: PictureLevels,
  factors: Factor[],
  step: number,
  rank: number,
  filters?: Filters,
): { targets: Float32Array[]; filters: Filters } {
  const planes = factors.map((of, c) => recompose(of, step / 2, rank, analysis.bases[c]));
  const coded = factors.map(({ ends }) => ends.map(end => (end > 1 ? 1 : 0)));
  const used = filters ?? designFilters(planes, analysis.originals, coded, step);
  restore(planes, coded, step, used);
  const targets = open.map((x, c) => {
    const original = analysis.originals[c];
    if (!original) return x;
    const error = project(difference(original, planes[c]!), analysis.grid);
    const basis = analysis.bases[c];
    const turned = basis ? turn(error, basis) : error;
    const of = levels.channels[c]!.levels;
    const { positions, plane0 } = factors[c]!;
    for (let at = 0; at < of.length; at++)
      turned[at] = (at % 64 ? of[at]! : plane0![positions[at / 64]!]! / 2) + turned[at]! / step;
    return turned;
  });
  return { targets, filters: used };
}

/** A channel less its decoded form, which may be larger. */
function difference(original: Plane, { data, width, height }: Plane): Plane {
  const out = extend(original, width, height);
  for (let i = 0; i < data.length; i++) out.data[i]! -= data[i]!;
  return out;
}
