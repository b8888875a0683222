import { plainOrder, roleOf, type Step, stepsOf } from '../planes/schedule.js';
import { planeStates } from '../planes/states.js';
import { type PictureLevels, type PictureNotes, writeFactors } from '../planes/write-factors.js';
import { orderOfImportance, type Worth } from '../rates/importance.js';
import { type Analysis, thumbsOf } from './analyse.js';
import { closedLoop } from './closed-loop.js';
import { CostMeter } from './costs.js';
import { stepGain } from './distortion.js';
import { externalities } from './externalities.js';
import type { Tune } from './options.js';
import { firstLevels, LAMBDA, lastBands, optimiseChannel, optimiseThumb } from './quantise.js';
import { similarityWeights } from './weights.js';

/** A picture's levels at one quantiser step, and the order in which they are best written. */
export interface Quantised {
  /** X V by channel, and of plane 0's level, in steps. */
  channels: Float32Array[];
  thumbs: Float32Array[];
  levels: PictureLevels;
  order: number[];
  steps: Step[];
}

/** How levels are chosen. */
export interface QuantiseOptions {
  /** Columns kept a channel, 1 to 64. */
  rank: number;
  /** Passes of rate-distortion optimisation, at least 1. */
  passes: number;
  /** What errors count by. Default 'psnr'. */
  tune?: Tune;
}

/**
 * Chooses the levels of all channels: each pass writes them to a meter that learns as the file's coder would, then chooses anew at the prices
 * it has learnt. `step` is the quantiser step.
 */
export function quantisePicture(
  analysis: Analysis,
  step: number,
  { rank, passes, tune }: QuantiseOptions,
): Quantised {
  const { raster, grid } = analysis;
  const shape = { width: raster.width, height: raster.height, channels: raster.channels };
  const roles = analysis.channels.map((_, c) => roleOf(c, raster.channels));
  const blocks = grid.cols * grid.rows;
  const channels = analysis.channels.map(u => u.map(x => x / step));
  const thumbs = analysis.thumbs.map(u => u.map(x => x / step));
  const plain = stepsOf(raster.channels, plainOrder(raster.channels, rank), rank, false)!;
  let levels: PictureLevels = {
    channels: channels.map(u => {
      const first = firstLevels(u);
      return { levels: first, lastBand: lastBands(first, blocks) };
    }),
    thumbs: thumbs.map(firstLevels),
  };
  let bits: number[] = [];
  const notes: PictureNotes = {
    channels: channels.map(u => ({
      coefficients: new Uint32Array(u.length),
      alive: new Uint8Array(blocks * 8),
    })),
    thumbs: thumbs.map(u => ({ coefficients: new Uint32Array(u.length), alive: new Uint8Array(0) })),
  };
  const weights = tune === 'ssim' ? similarityWeights(analysis) : undefined;
  let filters: ReturnType<typeof closedLoop>['filters'] | undefined;
  for (let pass = 0; pass < passes; pass++) {
    const meter = new CostMeter(planeStates());
    bits = [];
    const { channels: factors } = writeFactors(meter, shape, plain, levels, analysis.bases, notes, () =>
      bits.push(meter.bits),
    );
    // The first levels, made without a coder, are not yet worth a loop.
    const loop = pass
      ? closedLoop(analysis, channels, levels, factors, step, rank, filters)
      : { targets: channels, filters };
    filters = loop.filters;
    // Behind exact cells plane 0's level is kept empty by hand.
    const aims = pass && !analysis.tiles ? thumbsOf(loop.targets, grid, analysis.thumbGrid) : thumbs;
    const externals = pass ? externalities(factors, roles, levels.channels, notes.channels, meter, rank) : [];
    levels = {
      channels: loop.targets.map((x, c) =>
        optimiseChannel(
          x,
          notes.channels[c]!,
          meter,
          roles[c]!,
          rank,
          LAMBDA,
          levels.channels[c]!.lastBand,
          externals[c],
          weights?.[c],
        ),
      ),
      thumbs: aims.map((u, c) => optimiseThumb(u, notes.thumbs[c]!, meter, roles[c]!, LAMBDA)),
    };
  }
  const quantised = { channels, thumbs, levels, order: [], steps: plain };
  const worths: Worth[] = plain.map((of, i) => ({
    step: of,
    gain: of.thumb ? 0 : stepGain(quantised, of),
    bits: bits[i]! - (i ? bits[i - 1]! : 0),
  }));
  const used = worths.filter(
    ({ step: { thumb, channel, band } }) => !thumb && levels.channels[channel]!.lastBand.some(b => b >= band),
  );
  const order = orderOfImportance(used, raster.channels, c => roles[c]!);
  return { ...quantised, order, steps: stepsOf(raster.channels, order, rank, analysis.tiles !== undefined)! };
}
