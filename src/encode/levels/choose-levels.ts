import { colourCount, type Raster } from '../../core/raster.js';
import { clearFactors } from '../../planes/clear-factors.js';
import { extendPlane0 } from '../../planes/dc.js';
import { type Factor, stepAt } from '../../planes/factor.js';
import type { Factors, Shape, Windows } from '../../planes/factors.js';
import { activityRows, COARSE, textureRows } from '../../planes/row-weights.js';
import { plainOrder, roleOf, stepsOf } from '../../planes/schedule.js';
import { planeStates } from '../../planes/states.js';
import { stepOf } from '../../planes/step.js';
import type { BitSink, Levels } from '../../planes/write.js';
import { type PictureLevels, type PictureNotes, writeFactors } from '../../planes/write-factors.js';
import type { Runs } from '../../runs/runs.js';
import type { Analysis } from '../analyse.js';
import type { Order } from '../options.js';
import { foldChannels, likelyRuns, provenRuns, startLevels } from '../runs/find-runs.js';
import { closedLoop } from './closed-loop.js';
import { CostMeter } from './costs.js';
import type { Externals } from './debts.js';
import type { Desk } from './desk.js';
import { externalities } from './externalities.js';
import type { FineSteps } from './fine-steps.js';
import { emptyDesk, inSteps, markBold, optimiseChannel } from './kernels.js';
import { planeGains } from './plane-gains.js';
import { aimsOf, takeOwn } from './plane0-aims.js';
import { firstLevels, LUMA_ERRORS, lambdaAt, optimiseThumb } from './quantise.js';
import type { Reconstruction } from './reconstruct.js';

/** The chosen levels, and what each step of a plain order gains and costs with them. */
export interface Chosen {
  /** X V by channel, its runs folded, in steps. */
  channels: Float32Array[];
  levels: PictureLevels;
  /** By step: squared error that it removes, in squared steps, and bits that it takes. */
  gains: number[];
  bits: number[];
  /** The state before the last pass, if it was asked for. */
  start?: Start;
}

/** Levels before a pass, and the filters of the last closed loop. */
export interface Start {
  levels: PictureLevels;
  filters: Reconstruction['filters'];
}

/** What levels are chosen for: a picture, or a portion of one. */
export interface Subject extends Omit<Analysis, 'raster' | 'colour' | 'source' | 'tiles'> {
  raster: Omit<Raster, 'data'>;
  /** Are there exact cells? */
  tiles?: unknown;
}

/**
 * A part of a picture whose levels are chosen separately: its windows, and the levels of plane 0 that it looks at. Only those of its own
 * blocks may change.
 */
export interface Portion {
  windows: Windows;
  thumbs: Levels[];
}

/** How levels are chosen. */
export interface QuantiseOptions {
  /** Columns kept a channel, 1 to 64. */
  rank: number;
  /** Passes of rate-distortion optimisation, at least 1. */
  passes: number;
  /** The worth of a bit, relative to the usual. Default 1. */
  price?: number;
  /** See EncodeOptions. Default 'size'. */
  order?: Order | undefined;
  /** For the compact form, which has no runs. Default false. */
  compact?: boolean;
  /** Look for runs. Default true. */
  runs?: boolean;
  /** Return the state before the last pass, so that it can be repeated. Default false. */
  again?: boolean;
  /** Repeat only the last pass, from this state. Default: all passes. */
  from?: Start | undefined;
}

/**
 * Chooses the levels of all channels. Each pass writes them to a meter that learns as the file's coder would, then chooses anew at the
 * prices it has learnt. `code` is that of the quantiser step. For a portion, `analysis` holds the blocks in its window and the raster is
 * that of the picture. Its channels are then overwritten, and the result is only valid until the next desk is made.
 */
export function chooseLevels(
  analysis: Subject,
  code: number,
  options: QuantiseOptions,
  portion?: Portion,
): Chosen {
  const { raster, weights } = analysis;
  const { rank, passes, price, compact, again, from } = options;
  const step = stepOf(code);
  const lambda = lambdaAt(step, weights !== undefined, price);
  const shape = { ...raster, step: code, weights, compact };
  const roles = analysis.channels.map((_, c) => roleOf(c, raster.channels));
  const colours = colourCount(raster.channels);
  const plain = stepsOf(raster.channels, plainOrder(raster.channels, rank), rank, false);
  const desk = emptyDesk(shape, portion?.windows);
  const { factors } = desk;
  const write: Write = (sink, levels, notes, after) =>
    writeFactors(sink, shape, plain, levels, analysis.bases, notes, after, factors);
  weighRows(factors.channels.slice(0, colours), analysis.channels[0]!, shape);
  const thumbs = thumbsInSteps(analysis.thumbs, factors, step);
  const firstThumbs = portion ? portion.thumbs : thumbs.map(u => firstLevels(u));
  const channels = analysis.channels.map((u, c) => inSteps(u, factors.channels[c]!, step, portion && u));
  const runs = from
    ? from.levels.channels.map(channel => channel.runs!)
    : findRuns(channels, firstThumbs, roles, desk, lambda, options, write);
  foldChannels(channels, factors, runs);
  const levels = onDesk(
    from?.levels ?? startLevels(channels, firstThumbs, runs, desk),
    channels,
    thumbs,
    desk,
  );
  const notes: PictureNotes = { channels: desk.channels.map(({ notes }) => notes), thumbs: desk.thumbs };
  const targets = desk.channels.map(({ target }) => target);
  const gradients = desk.channels.map(({ gradient }) => gradient);
  const fine: FineSteps | undefined = weights?.texture
    ? {
        ratios: desk.ratios,
        luma: factors.channels[0]!,
        levels: desk.channels[0]!.levels,
        weights,
        step: code,
      }
    : undefined;
  let bits: number[] = [];
  let externals: Externals[] = [];
  let filters = from?.filters ?? [];
  let start: Start | undefined;
  const first = from ? passes - 1 : 0;
  for (let pass = first; pass < passes; pass++) {
    const isLast = pass === passes - 1;
    if (again && isLast) start = { levels: offDesk(levels), filters };
    const meter = new CostMeter(planeStates());
    bits = [];
    if (pass > first) clearFactors(factors);
    write(meter, levels, notes, () => bits.push(meter.bits));
    // The first levels, made without a coder, are not yet worth a loop.
    if (pass === 1 || (from && pass)) for (const c of analysis.originals.keys()) targets[c]!.fill(0);
    if (pass) filters = closedLoop(analysis, levels, factors.channels, step, rank, targets, filters);
    // Externalities change little from pass to pass: computing them in every other pass is enough.
    if (pass & 1 || (from && pass)) {
      const written = { factors: factors.channels, roles, levels: levels.channels, notes: notes.channels };
      externals = externalities({ ...written, meter, rank }, gradients, desk.sums);
    }
    // Behind exact cells plane 0's level was emptied on purpose: it keeps its own aims.
    const aims =
      pass && !analysis.tiles ? aimsOf(targets, channels, thumbs, analysis, portion?.windows) : thumbs;
    targets.forEach((x, c) => {
      optimiseChannel(levels.channels[c]!, x, notes.channels[c]!, meter, roles[c]!, rank, lambda, {
        externals: externals[c],
        own: factors.channels[c]!,
        fine: c < colours ? fine : undefined,
        errors: weights && c === 0 ? LUMA_ERRORS : undefined,
      });
      // Plane 0 stays in the last pass: the weights of rows, by which levels are chosen, depend on it, and both would correct the same
      // errors. Portions begin with levels chosen for the whole picture.
      if (pass ? weights && isLast : portion) return;
      const chosen = optimiseThumb(aims[c]!, notes.thumbs[c]!, meter, roles[c]!, lambda);
      if (portion) takeOwn(levels.thumbs[c]!, chosen, portion.windows);
      else levels.thumbs[c] = chosen;
    });
  }
  const gains = channels.map((u, c) => planeGains(u, levels.channels[c]!));
  return {
    channels,
    levels: portion ? levels : offDesk(levels),
    ...(start && { start }),
    gains: plain.map(bandStep =>
      bandStep.thumb ? 0 : sumOf(bandStep.planes, k => gains[bandStep.channel]![k]!),
    ),
    bits: bits.map((sum, i) => sum - (i ? bits[i - 1]! : 0)),
  };
}

/** Writes levels in a plain order into a sink, with the factors on the desk. */
type Write = (
  sink: BitSink,
  levels: PictureLevels,
  notes?: PictureNotes,
  after?: (step: number) => void,
) => unknown;

/** The runs of channels, if they are wanted: likely ones and, with more than one pass, only those that pay in a real coding. */
function findRuns(
  channels: Float32Array[],
  thumbs: Levels[],
  roles: number[],
  desk: Desk,
  lambda: number,
  { runs: wanted = true, compact, passes }: QuantiseOptions,
  write: Write,
): Runs[] {
  if (!wanted || compact) return [];
  const likely = likelyRuns(channels, roles, desk.factors);
  if (passes === 1) return likely;
  const runs = provenRuns(likely, channels, thumbs, desk, lambda, write);
  clearFactors(desk.factors);
  return runs;
}

/** Puts the levels of the channels on the desk, with the channels as targets, and marks what is bold. Those of plane 0 stay where they are. */
function onDesk(
  from: PictureLevels,
  channels: Float32Array[],
  thumbs: Float32Array[],
  desk: Desk,
): PictureLevels {
  const levels = from.channels.map((channel, c) => {
    const place = desk.channels[c]!;
    if (channel.levels !== place.levels) {
      place.levels.set(channel.levels);
      place.lastBand.set(channel.lastBand);
    }
    place.target.set(channels[c]!);
    markBold(place.notes, channels[c]!, 64);
    markBold(desk.thumbs[c]!, thumbs[c]!, 16);
    return { ...channel, levels: place.levels, lastBand: place.lastBand };
  });
  return { channels: levels, thumbs: [...from.thumbs] };
}

/** Sum over these planes. */
const sumOf = (planes: Uint8Array, value: (k: number) => number): number =>
  planes.reduce((sum, k) => sum + value(k), 0);

/** Copies the levels off the desk, so that it can be reused. */
const offDesk = ({ channels, thumbs }: PictureLevels): PictureLevels => ({
  channels: channels.map(({ levels, lastBand, runs }) => ({
    levels: levels.slice(),
    lastBand: lastBand.slice(),
    runs,
  })),
  thumbs: [...thumbs],
});

/**
 * Gives the colour channels the row weights that they would have if luma, `u`, were coded without loss. The first levels are chosen by
 * these.
 */
function weighRows(channels: Factor[], u: Float32Array, { weights, step }: Shape): void {
  if (!weights) return;
  const luma = channels[0]!;
  const { places, values } = luma;
  putPlane(luma, u, 0, stepOf(step));
  extendPlane0(luma);
  luma.rowWeights = activityRows(luma, weights, step);
  for (const k of COARSE) putPlane(luma, u, k, stepOf(step));
  luma.fineRowWeights = textureRows(luma, weights, step);
  for (const factor of channels) Object.assign(factor, pick(luma));
  for (const k of [0, ...COARSE]) values.fill(0, k * places, (k + 1) * places);
}

/** Writes plane k of U into a factor, in half steps. */
function putPlane(factor: Factor, u: Float32Array, k: number, step: number): void {
  const { positions, places, values } = factor;
  for (let b = 0; b < positions.length; b++) {
    const i = positions[b]!;
    values[k * places + i] = Math.round((2 * u[b * 64 + k]!) / (step * stepAt(factor, i, k)));
  }
}

const pick = ({ rowWeights, fineRowWeights }: Factor) => ({ rowWeights, fineRowWeights });

/** Plane 0's level, in its own steps. */
export const thumbsInSteps = (thumbs: Float32Array[], { channels }: Factors, step: number): Float32Array[] =>
  thumbs.map((u, c) => {
    const plane0Step = step * stepAt(channels[c]!, 0, 0);
    return u.map(x => x / plane0Step);
  });
