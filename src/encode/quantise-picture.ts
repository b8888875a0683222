import { clearFactors } from '../planes/clear-factors.js';
import { emptyFactors } from '../planes/read-factors.js';
import { plainOrder, roleOf, type Step, stepsOf } from '../planes/schedule.js';
import { planeStates } from '../planes/states.js';
import type { Notes } from '../planes/write.js';
import { type PictureLevels, type PictureNotes, writeFactors } from '../planes/write-factors.js';
import { orderOfImportance, type Worth } from '../rates/importance.js';
import { type Analysis, thumbsOf } from './analyse.js';
import { closedLoop } from './closed-loop.js';
import { CostMeter } from './costs.js';
import { type Externals, externalities } from './externalities.js';
import { foldedChannels, likelyRuns, provenRuns, startLevels } from './find-runs.js';
import type { Tune } from './options.js';
import { LAMBDA, optimiseChannel, optimiseThumb } from './quantise.js';
import { stepGain } from './step-gain.js';
import { similarityWeights } from './weights.js';

/** A picture's levels at one quantiser step, and the order in which they are best written. */
export interface Quantised {
  /** X V by channel, its runs folded, and of plane 0's level, in steps. */
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
  /** Squared steps that a bit is worth. Default LAMBDA. */
  lambda?: number;
  /** In the compact form, which has no runs; default false. */
  compact?: boolean;
}

/**
 * Chooses the levels of all channels: each pass writes them to a meter that learns as the file's coder would, then chooses anew at the prices
 * it has learnt. `step` is the quantiser step.
 */
export function quantisePicture(
  analysis: Analysis,
  step: number,
  { rank, passes, tune, lambda = LAMBDA, compact }: QuantiseOptions,
): Quantised {
  const { raster, grid } = analysis;
  const shape = { width: raster.width, height: raster.height, channels: raster.channels, compact };
  const roles = analysis.channels.map((_, c) => roleOf(c, raster.channels));
  const blocks = grid.cols * grid.rows;
  const unfolded = analysis.channels.map(u => inSteps(u, step));
  const thumbs = analysis.thumbs.map(u => inSteps(u, step));
  // Large arrays serve all passes: making them anew took a tenth of the time.
  const factors = emptyFactors(raster.width, raster.height, raster.channels);
  const { positions } = factors.channels[0]!;
  const plain = stepsOf(raster.channels, plainOrder(raster.channels, rank), rank, false);
  let runs = compact ? [] : likelyRuns(unfolded, roles, factors);
  if (passes > 1 && !compact)
    runs = provenRuns(runs, unfolded, thumbs, factors, lambda, (meter, levels) =>
      writeFactors(meter, shape, plain, levels, analysis.bases, undefined, undefined, factors),
    );
  const channels = foldedChannels(unfolded, factors, runs);
  const levels = startLevels(channels, thumbs, runs);
  let bits: number[] = [];
  const notes: PictureNotes = {
    channels: channels.map(u => notesOf(u, blocks)),
    thumbs: thumbs.map(u => notesOf(u, 0)),
  };
  const weights = tune === 'ssim' ? similarityWeights(analysis) : undefined;
  let targets = channels;
  let externals: Externals[] = [];
  let loop: ReturnType<typeof closedLoop> | undefined;
  for (let pass = 0; pass < passes; pass++) {
    const meter = new CostMeter(planeStates());
    bits = [];
    clearFactors(factors);
    writeFactors(meter, shape, plain, levels, analysis.bases, notes, () => bits.push(meter.bits), factors);
    // The first levels, made without a coder, are not yet worth a loop.
    if (pass === 1)
      targets = channels.map((u, c) => (analysis.originals[c] ? new Float32Array(u.length) : u));
    if (pass) loop = closedLoop(analysis, levels, factors.channels, step, rank, targets, loop);
    // Externalities change little from pass to pass: those of every other one will do.
    if (pass & 1)
      externals = externalities(factors.channels, roles, levels.channels, notes.channels, meter, rank);
    // Behind exact cells plane 0's level is kept empty by hand.
    const aims = pass && !analysis.tiles ? thumbsOf(targets, grid, analysis.thumbGrid) : thumbs;
    targets.forEach((x, c) => {
      optimiseChannel(levels.channels[c]!, x, notes.channels[c]!, meter, roles[c]!, rank, lambda, {
        externals: externals[c],
        weights: weights?.[c],
        runs: { marks: factors.channels[c]!.runs, positions },
      });
      levels.thumbs[c] = optimiseThumb(aims[c]!, notes.thumbs[c]!, meter, roles[c]!, lambda);
    });
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
  return { ...quantised, order, steps: stepsOf(raster.channels, order, rank, analysis.tiles !== undefined) };
}

function inSteps(u: Float32Array, step: number): Float32Array {
  const out = new Float32Array(u.length);
  for (let i = 0; i < u.length; i++) out[i] = u[i]! / step;
  return out;
}

const notesOf = (wanted: Float32Array, blocks: number): Notes => ({
  wanted,
  coefficients: new Uint32Array(wanted.length),
  alive: new Uint8Array(blocks * 8),
});
