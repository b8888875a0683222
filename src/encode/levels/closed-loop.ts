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
 * Where the coefficients of each channel, in steps, should go from `levels` to bring the decoded picture nearer to the original: each level (of plane 0 what
 * its own level decodes to) plus what its atom has of the error that a decoder of `factors` (those levels, decoded) would leave. X V itself is that only where
 * atoms are orthogonal and nothing comes after them: here neighbouring blocks' errors overlap, and the restoration filter follows, whose faults the levels so
 * make up for. Alpha stays at X V, and of blocks that have plane 0 alone only that is looked at. Returns the filters designed for it;
 * `before` are those of the pass before.
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
    const of = factors[c]!;
    project(original, planes[c]!, analysis.grid, coded[c]!, target);
    if (basis) target.set(turned(target, basis));
    inSteps(target, of, step, target);
    fold(target, of.cols, of.positions, of.runs);
    addTo(target, levels.channels[c]!, of);
  });
  giveBack(...planes);
  return filters;
}

/** Makes targets of errors in steps: each becomes what is decoded in its place plus the error. */
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
