import { colourCount, type Raster } from '../../core/raster.js';
import { clearFactors } from '../../planes/clear-factors.js';
import { stepAt } from '../../planes/factor.js';
import type { Factors, Shape, Windows } from '../../planes/factors.js';
import { plainOrder, roleOf, type Step, stepsOf } from '../../planes/schedule.js';
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
import { emptyDesk, inSteps, optimiseChannel } from './kernels.js';
import { offDesk, onDesk } from './on-desk.js';
import { planeGains } from './plane-gains.js';
import { aimsOf, takeOwn } from './plane0-aims.js';
import { firstLevels, LUMA_ERRORS, lambdaAt, optimiseThumb } from './quantise.js';
import type { Reconstruction } from './reconstruct.js';
import { weighRows } from './weigh-rows.js';

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
  const { rank, passes, again, from } = options;
  const step = stepOf(code);
  const plain = stepsOf(raster.channels, plainOrder(raster.channels, rank), rank, false);
  const work = prepare(analysis, code, options, plain, portion);
  const { desk, roles, channels, thumbs, levels, notes, targets, write } = work;
  const { factors } = desk;
  const gradients = desk.channels.map(({ gradient }) => gradient);
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
    optimiseChannels(work, meter, externals);
    // Plane 0 stays in the last pass: the weights of rows, by which levels are chosen, depend on it, and both would correct the same
    // errors. Portions begin with levels chosen for the whole picture.
    if (pass ? !(weights && isLast) : !portion) optimiseThumbs(work, meter, aims, portion);
  }
  const gains = channels.map((u, c) => planeGains(u, levels.channels[c]!));
  return {
    channels,
    levels: portion ? levels : offDesk(levels),
    ...(start && { start }),
    gains: plain.map(({ thumb, planes, channel }) => (thumb ? 0 : sumOf(planes, k => gains[channel]![k]!))),
    bits: bits.map((sum, i) => sum - (i ? bits[i - 1]! : 0)),
  };
}

/** What the passes work on. */
interface PassWork {
  desk: Desk;
  roles: number[];
  rank: number;
  lambda: number;
  weights: Shape['weights'];
  /** X V by channel, and of plane 0's level, in steps. */
  channels: Float32Array[];
  thumbs: Float32Array[];
  /** The levels and notes, and by channel what levels should be; all on the desk. */
  levels: PictureLevels;
  notes: PictureNotes;
  targets: Float32Array[];
  /** Steps that depend on texture, for the first `colours` channels. */
  fine: FineSteps | undefined;
  colours: number;
  write: Write;
}

/** Lays out the desk: coefficients in steps, runs, and the first levels. `plain` are the steps of a plain order. */
function prepare(
  analysis: Subject,
  code: number,
  options: QuantiseOptions,
  plain: Step[],
  portion: Portion | undefined,
): PassWork {
  const { raster, weights, bases } = analysis;
  const { rank, price, compact, from } = options;
  const step = stepOf(code);
  const lambda = lambdaAt(step, weights !== undefined, price);
  const shape = { ...raster, step: code, weights, compact };
  const roles = analysis.channels.map((_, c) => roleOf(c, raster.channels));
  const colours = colourCount(raster.channels);
  const desk = emptyDesk(shape, portion?.windows);
  const { factors } = desk;
  const write: Write = (sink, levels, notes, after) =>
    writeFactors(sink, shape, plain, levels, bases, notes, after, factors);
  weighRows(factors.channels.slice(0, colours), analysis.channels[0]!, shape);
  const thumbs = thumbsInSteps(analysis.thumbs, factors, step);
  const firstThumbs = portion ? portion.thumbs : thumbs.map(u => firstLevels(u));
  const channels = analysis.channels.map((u, c) => inSteps(u, factors.channels[c]!, step, portion && u));
  const runs = from
    ? from.levels.channels.map(channel => channel.runs!)
    : findRuns(channels, firstThumbs, roles, desk, lambda, options, write);
  foldChannels(channels, factors, runs);
  const first = from?.levels ?? startLevels(channels, firstThumbs, runs, desk);
  return {
    ...{ desk, roles, rank, lambda, weights, channels, thumbs, colours, write },
    levels: onDesk(first, channels, thumbs, desk),
    notes: { channels: desk.channels.map(({ notes }) => notes), thumbs: desk.thumbs },
    targets: desk.channels.map(({ target }) => target),
    fine: fineStepsOn(desk, weights, code),
  };
}

/** The steps that depend on texture, if they do. */
const fineStepsOn = (
  { ratios, factors, channels }: Desk,
  weights: Shape['weights'],
  step: number,
): FineSteps | undefined =>
  weights?.texture
    ? { ratios, luma: factors.channels[0]!, levels: channels[0]!.levels, weights, step }
    : undefined;

/** Chooses the levels of the channels anew, at the prices of a meter. */
function optimiseChannels(
  { desk, roles, rank, lambda, weights, levels, notes, targets, fine, colours }: PassWork,
  meter: CostMeter,
  externals: Externals[],
): void {
  targets.forEach((x, c) => {
    optimiseChannel(levels.channels[c]!, x, notes.channels[c]!, meter, roles[c]!, rank, lambda, {
      externals: externals[c],
      own: desk.factors.channels[c]!,
      fine: c < colours ? fine : undefined,
      errors: weights && c === 0 ? LUMA_ERRORS : undefined,
    });
  });
}

/** Chooses the levels of plane 0's level anew, for the values in `aims`. */
function optimiseThumbs(
  { roles, lambda, levels, notes }: PassWork,
  meter: CostMeter,
  aims: Float32Array[],
  portion: Portion | undefined,
): void {
  aims.forEach((aim, c) => {
    const chosen = optimiseThumb(aim, notes.thumbs[c]!, meter, roles[c]!, lambda);
    if (portion) takeOwn(levels.thumbs[c]!, chosen, portion.windows);
    else levels.thumbs[c] = chosen;
  });
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

/** Sum over these planes. */
const sumOf = (planes: Uint8Array, value: (k: number) => number): number =>
  planes.reduce((sum, k) => sum + value(k), 0);

/** Plane 0's level, in its own steps. */
export const thumbsInSteps = (thumbs: Float32Array[], { channels }: Factors, step: number): Float32Array[] =>
  thumbs.map((u, c) => {
    const plane0Step = step * stepAt(channels[c]!, 0, 0);
    return u.map(x => x / plane0Step);
  });
