import type { Plane } from '../../core/plane.js';
import { codedBlocks } from '../../planes/coded-blocks.js';
import type { Factor } from '../../planes/factor.js';
import { recompose } from '../../planes/kernels.js';
import { designFilters } from '../../restore/design.js';
import type { ChannelFilter } from '../../restore/filter.js';
import type { Analysis } from '../analyse.js';

/** What a decoder would show of a whole file, and what it needs for that beside the factors. */
export interface Reconstruction {
  planes: Plane[];
  filters: (ChannelFilter | undefined)[];
}

/**
 * Decodes `factors` as a whole file of `columns` columns, with filters designed for it. If the filters of the last pass are given, only the
 * first channel's is designed anew, since the others change little. `plain` leaves out the filters.
 */
export function reconstruct(
  { originals, bases, weights, work }: Pick<Analysis, 'originals' | 'bases' | 'weights' | 'work'>,
  factors: Factor[],
  step: number,
  columns: number,
  before: Reconstruction['filters'] = [],
  plain = false,
): Reconstruction {
  work?.(1);
  const planes = factors.map((factor, c) => recompose(factor, step / 2, columns, bases[c]));
  if (plain) return { planes, filters: originals.map(() => undefined) };
  const coded = codedBlocks(factors);
  const filters = designFilters(planes, originals, coded, step, weights !== undefined, before);
  return { planes, filters };
}
