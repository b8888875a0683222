import { dot, solve, times } from '../algebra/solve.js';
import type { Plane } from '../core/plane.js';
import { giveBack } from '../core/spare.js';
import { GROUPS, TAPS } from './bank.js';
import { climb } from './climb.js';
import { clipsOf } from './clips.js';
import { gatherStatistics } from './design-kernels.js';
import { type ChannelFilter, coefficientsOf, TURNS } from './filter.js';
import { applyFilter, chooseFilters, smooth, toSamples } from './kernels.js';
import { PAD, type Samples } from './samples.js';
import type { Normal } from './statistics.js';

/** What a bit must gain, in squared steps: the lambda of the quantiser. */
const LAMBDA = 0.07;
/** What taps must gain to be used: about the cost of their least side information. */
const LEAST_GAIN = 32 * LAMBDA;
/** Strengths with which deltas are drawn towards zero; each is tried. */
const RIDGES = [0.001, 0.01, 0.05, 0.2];
/** A group with fewer pixels gets no deltas. */
const LEAST_PIXELS = 64;
/** Largest |delta| chosen, in 1/64. */
const LARGEST_DELTA = 63;

/** A picture, or a piece of one, to design filters on. */
export interface Sample {
  /** The decoded channels; they may be larger. */
  planes: Plane[];
  /** The channels before coding; none for alpha, which gets no filter. */
  originals: Plane[];
  /** As for `restore`. */
  coded: Uint8Array[];
}

/** Statistics from one or several samples of a picture, by which filters are chosen. */
export interface Evidence {
  taps: Statistics;
  /** By channel: what `smooth` gains; unused for the first. */
  gains: number[];
}

/** The statistics of one of several samples; the planes are not changed. */
export function evidenceOf({ planes, originals, coded }: Sample, step: number, samples: number): Evidence {
  const [first, ...others] = originals.map((original, c) => ({
    ...{ plane: { ...planes[c]! }, original, coded: coded[c]! },
  }));
  return {
    taps: statisticsOf(first!, step, MANY / samples),
    gains: [0, ...others.map(piece => gainOfSmooth(piece, step))],
  };
}

/** Chooses filters as `designFilters` does, from the statistics of all samples. */
export const filtersBy = (all: Evidence[]): (ChannelFilter | undefined)[] =>
  all[0]!.gains.map((_, channel) => {
    if (channel === 0) return chooseTaps(all.map(({ taps }) => taps));
    return all.reduce((sum, { gains }) => sum + gains[channel]!, 0) > 0 ? [] : undefined;
  });

/**
 * Chooses the filters that bring the decoded `planes` nearest to `originals`, the channels before coding, for the bits of their side
 * information, and filters `planes` with them, in place, as `restore` would. Undefined for channels where no filter pays. Alpha has no
 * originals and gets no filter. Channels that have a filter in `known` keep it. `coded`, `step` and `weighted` as in `restore`.
 */
export const designFilters = (
  planes: Plane[],
  originals: Plane[],
  coded: Uint8Array[],
  step: number,
  weighted = false,
  known: (ChannelFilter | undefined)[] = [],
): (ChannelFilter | undefined)[] =>
  originals.map((original, channel) => {
    const plane = planes[channel]!;
    if (channel === 0) return designTaps(plane, original, coded[0]!, step, weighted);
    if (channel in known) {
      const before = plane.data;
      if (known[channel]) {
        smooth(plane, coded[channel]!, step);
        giveBack(before);
      }
      return known[channel];
    }
    return designSmooth(plane, original, coded[channel]!, step);
  });

/** One channel of a Sample. */
interface Piece {
  plane: Plane;
  original: Plane;
  coded: Uint8Array;
}

/** About how many 4x4 blocks of the first channel are looked at. */
const MANY = 24_576;

/** The statistics by which the taps of the first channel are chosen. */
interface Statistics {
  normals: Normal[];
  /** See roundingLoss. */
  loss: number;
}

/** The best taps of the first channel, if they pay; filters the plane with them. */
function designTaps(
  plane: Plane,
  original: Plane,
  coded: Uint8Array,
  step: number,
  weighted: boolean,
): ChannelFilter | undefined {
  const samples = toSamples(plane);
  const chosen = chooseFilters(samples, coded, step);
  const filter = chooseTaps([statisticsOf({ plane, original, coded }, step, MANY, samples, chosen)]);
  if (filter) applyFilter(samples, chosen, coefficientsOf(filter, weighted), clipsOf(step), plane.data);
  return filter;
}

const statisticsOf = (
  { plane, original, coded }: Piece,
  step: number,
  many: number,
  samples = toSamples(plane),
  chosen = chooseFilters(samples, coded, step),
): Statistics => ({
  normals: gatherStatistics(samples, original, chosen, GROUPS, clipsOf(step), step, many),
  loss: roundingLoss(plane, original, samples, step),
});

/** The taps that gain most, if any gain anything. */
function chooseTaps(all: Statistics[]): ChannelFilter | undefined {
  const mean = coefficientsOf(new Array<number>(GROUPS * TAPS).fill(0));
  let gain = -all.reduce((sum, { loss }) => sum + loss, 0);
  const filter = all[0]!.normals.flatMap((_, group) => {
    const normal = sumOf(all.map(({ normals }) => normals[group]!));
    const x = ofGroup(mean, group);
    const found = designDeltas(normal, x);
    gain += gainOf(normal, x) + found.gain;
    return found.deltas;
  });
  return gain > LEAST_GAIN ? filter : undefined;
}

/** Normal equations of several pieces together. */
const sumOf = (normals: Normal[]): Normal =>
  normals.reduce((sum, { pixels, a, b }) => ({
    pixels: sum.pixels + pixels,
    a: sum.a.map((v, i) => v + a[i]!),
    b: sum.b.map((v, i) => v + b[i]!),
  }));

/** `smooth` in a channel other than the first, if it gains. */
function designSmooth(
  plane: Plane,
  original: Plane,
  coded: Uint8Array,
  step: number,
): ChannelFilter | undefined {
  const before = plane.data;
  const smoothed = gainOfSmooth({ plane, original, coded }, step) > 0;
  giveBack(smoothed ? before : plane.data);
  if (!smoothed) plane.data = before;
  return smoothed ? [] : undefined;
}

/** What `smooth` gains, in squared steps; the plane is smoothed. */
function gainOfSmooth({ plane, original, coded }: Piece, step: number): number {
  const { width, data: before } = plane;
  smooth(plane, coded, step); // into an array of its own
  const { data: after } = plane;
  const { width: columns, height, data: exact } = original;
  let gain = 0;
  for (let y = 0, j = 0; y < height; y++)
    for (let i = y * width, end = i + columns; i < end; i++, j++) {
      const v = before[i]!;
      const w = after[i]!;
      gain += (w - v) * (2 * exact[j]! - v - w);
    }
  return gain / (step * step);
}

/** By how much rounding the plane to 1/16 increases its squared error, in squared steps; estimated from some rows. */
function roundingLoss(plane: Plane, original: Plane, { stride, data }: Samples, step: number): number {
  let loss = 0;
  const hop = Math.max(1, original.height >> 6);
  for (let y = 0; y < original.height; y += hop)
    for (let x = 0; x < original.width; x++) {
      const o = original.data[y * original.width + x]!;
      const exact = o - plane.data[y * plane.width + x]!;
      const rounded = o - data[(y + PAD) * stride + x + PAD]! / 16;
      loss += rounded * rounded - exact * exact;
    }
  return (loss * hop) / (step * step);
}

/** The coefficients of a group in turn 0. */
const ofGroup = (coefficients: Int32Array, group: number): Int32Array =>
  coefficients.subarray(group * TURNS * TAPS, (group * TURNS + 1) * TAPS);

/** What coefficients x, in 1/256, gain in one group. */
const gainOf = ({ a, b }: Normal, x: ArrayLike<number>): number =>
  (2 * dot(x, b) - dot(x, times(a, x)) / 256) / 256;

/** Deltas for one group with coefficients x, in 1/256, and what they gain over x; zeros if they do not pay. */
function designDeltas(normal: Normal, x: Int32Array): { deltas: number[]; gain: number } {
  const { a, b, pixels } = normal;
  let best = { deltas: new Array<number>(TAPS).fill(0), gain: 0 };
  if (pixels < LEAST_PIXELS) return best;
  const now = times(a, x);
  const left = b.map((v, i) => v - now[i]! / 256);
  // The gain over that of x is 2 left.d - d'Ad, d in 1/64.
  const score = (d: number[]): number =>
    gainAt(a, left, d) - LAMBDA * d.reduce((bits, v) => bits + bitsOf(v), 0);
  let most = 0;
  for (const ridge of RIDGES) {
    const drawn = a.map((v, i) => (i % (TAPS + 1) === 0 ? v * (1 + ridge) + pixels * 1e-6 : v));
    const exact = solve(drawn, left);
    if (!exact) continue;
    const d = Array.from(exact, v => clampTo(LARGEST_DELTA, Math.round(v * 64)));
    const value = climb(d, LARGEST_DELTA, 3, score);
    if (value > most) {
      most = value;
      best = { deltas: d, gain: gainAt(a, left, d) };
    }
  }
  return best;
}

function gainAt(a: Float64Array, left: Float64Array, d: number[]): number {
  let gain = 0;
  for (let i = 0; i < TAPS; i++) {
    if (!d[i]) continue;
    let product = 0;
    for (let j = 0; j < TAPS; j++) product += a[i * TAPS + j]! * d[j]!;
    gain += d[i]! * (2 * left[i]! - product / 64);
  }
  return gain / 64;
}

/** About how many bits more than no delta a delta costs, with adaptive contexts. */
const bitsOf = (v: number): number => (v ? 3.5 + 0.4 * Math.abs(v) : 0);

const clampTo = (most: number, v: number): number => Math.max(-most, Math.min(most, v));
