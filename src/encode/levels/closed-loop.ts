import { giveBack } from '../../core/spare.js';
import { turned } from '../../factors/design.js';
import { project } from '../../matrices/project.js';
import { codedBlocks } from '../../planes/coded-blocks.js';
import type { Factor } from '../../planes/factor.js';
import { BANDS8 } from '../../planes/order.js';
import type { ChannelLevels, PictureLevels } from '../../planes/write-factors.js';
import { fold } from '../../runs/fold.js';
import type { Analysis } from '../analyse.js';
import { inSteps } from './kernels.js';
import { type Reconstruction, reconstruct } from './reconstruct.js';

/**
 * Where the coefficients of each channel, in steps, should go from `levels` so that the decoded picture comes nearer to the original. A
 * target is the present level (in plane 0: what its own level decodes to) plus the coefficient of the error that a decoder of `factors`,
 * which hold those levels, would leave. X V itself would only be right if atoms were orthogonal and nothing followed them. Here the errors
 * of neighbouring blocks overlap, and the restoration filter follows, whose faults the levels can make up for.
 *
 * Alpha stays at X V. Of blocks that have plane 0 alone only plane 0 is set. Returns the filters designed for these levels; `before` are
 * those of the pass before.
 */
export function closedLoop(
  analysis: Pick<Analysis, 'originals' | 'bases' | 'weights' | 'work' | 'grid'>,
  levels: PictureLevels,
  factors: Factor[],
  step: number,
  rank: number,
  targets: Float32Array[],
  before?: Reconstruction['filters'],
): Reconstruction['filters'] {
  const last = Math.max(
    ...levels.channels.map(({ lastBand }) => lastBand.reduce((a, b) => Math.max(a, b), 0)),
  );
  const { planes, filters } = reconstruct(analysis, factors, step, Math.min(rank, BANDS8[last]!), before);
  const coded = codedBlocks(factors);
  analysis.originals.forEach((original, c) => {
    const target = targets[c]!;
    const basis = analysis.bases[c];
    const factor = factors[c]!;
    project(original, planes[c]!, analysis.grid, coded[c]!, target);
    if (basis) target.set(turned(target, basis));
    inSteps(target, factor, step, target);
    fold(target, factor.cols, factor.positions, factor.runs);
    addTo(target, levels.channels[c]!, factor);
  });
  giveBack(...planes);
  return filters;
}

/** Turns errors in steps into targets: adds what is decoded at each place. */
function addTo(
  target: Float32Array,
  { levels, lastBand }: ChannelLevels,
  { positions, plane0 }: Factor,
): void {
  for (let b = 0; b < lastBand.length; b++) {
    target[b * 64]! += plane0[positions[b]!]! / 2;
    if (!lastBand[b]) continue;
    for (let at = b * 64 + 1; at < b * 64 + 64; at++) target[at]! += levels[at]!;
  }
}
