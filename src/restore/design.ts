import type { Plane } from '../core/plane.js';
import { LATENTS, TAPS } from './bank.js';
import { chooseFilters } from './choose.js';
import { clipsOf } from './clips.js';
import {
  type ChannelFilter,
  coefficientsOf,
  groupsOf,
  LARGEST_DELTA,
  LARGEST_LATENT,
  LATENT_BITS,
  TURNS,
} from './filter.js';
import { PAD, type Samples, toSamples } from './samples.js';
import { climb, dot, solve, times } from './solve.js';
import { gatherStatistics, type Normal } from './statistics.js';

/** What one bit must gain, in squared steps: the lambda of the quantiser. */
const LAMBDA = 0.1;
/** What a channel's filter must gain to be switched on. */
const LEAST_GAIN = 8 * LAMBDA;
/** How much deltas are drawn towards zero: each is tried. */
const RIDGES = [0.001, 0.01, 0.05, 0.2];
/** A group of fewer pixels gets no deltas. */
const LEAST_PIXELS = 64;

/**
 * Chooses the filters that bring `planes`, as decoded, nearest to `originals`, the channels before coding, for what their side information costs.
 * Undefined where a filter does not pay. There are no originals for alpha, which gets none. `ranks` and `step` as for `restore`.
 */
export function designFilters(
  planes: Plane[],
  originals: Plane[],
  ranks: Uint8Array[],
  step: number,
): (ChannelFilter | undefined)[] {
  const clips = clipsOf(step);
  let samples: Samples | undefined;
  return originals.map((original, channel) => {
    const plane = planes[channel]!;
    samples = toSamples(plane, samples);
    const chosen = chooseFilters(samples, channel, ranks[channel]!, step);
    const loss = roundingLoss(plane, original, samples, step);
    return designChannel(
      channel,
      gatherStatistics(samples, original, chosen, groupsOf(channel), clips, step),
      loss,
    );
  });
}

/** By how much bringing the plane to 1/16 alone adds to its squared error, in squared steps; some rows stand for all. */
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

function designChannel(channel: number, normals: Normal[], loss: number): ChannelFilter | undefined {
  const filter: ChannelFilter = { latents: channel ? [] : designLatents(normals), deltas: [] };
  let gain = total(normals, coefficientsOf(channel, filter)) - loss;
  const start = coefficientsOf(channel, filter);
  const deltas = normals.map((normal, group) => designDeltas(normal, ofGroup(start, group)));
  if (deltas.some(delta => delta)) {
    filter.deltas = deltas.map(delta => delta?.values);
    for (const delta of deltas) gain += delta ? delta.gain : 0;
  }
  return gain > LEAST_GAIN ? filter : undefined;
}

/** What coefficients x in 1/256 gain in one group. */
function gainOf({ a, b }: Normal, x: ArrayLike<number>): number {
  let gain = 0;
  for (let i = 0; i < TAPS; i++) {
    let product = 0;
    for (let j = 0; j < TAPS; j++) product += a[i * TAPS + j]! * x[j]!;
    gain += x[i]! * (2 * b[i]! - product / 256);
  }
  return gain / 256;
}

/** The coefficients of a group as it is, not turned. */
const ofGroup = (coefficients: Int32Array, group: number): Int32Array =>
  coefficients.subarray(group * TURNS * TAPS, (group * TURNS + 1) * TAPS);

const total = (normals: Normal[], coefficients: Int32Array): number =>
  normals.reduce((sum, normal, group) => sum + gainOf(normal, ofGroup(coefficients, group)), 0);

/** Least squares of the latents over all groups, rounded to quarters and moved about; empty where zeros are as good. */
function designLatents(normals: Normal[]): number[] {
  const zeros = new Array<number>(LATENTS).fill(0);
  const mean = coefficientsOf(0, { latents: zeros, deltas: [] });
  // Direction k of all groups, in 1/256 a quarter.
  const directions = zeros.map((_, k) => {
    const one = coefficientsOf(0, { latents: zeros.map((_, l) => (l === k ? 1 : 0)), deltas: [] });
    return one.map((c, i) => c - mean[i]!);
  });
  const q = new Float64Array(LATENTS * LATENTS);
  const r = new Float64Array(LATENTS);
  normals.forEach(({ a, b }, group) => {
    const part = (of: Int32Array): Float64Array => Float64Array.from(ofGroup(of, group), c => c / 256);
    const left = times(a, part(mean)).map((v, i) => b[i]! - v);
    directions.forEach((direction, k) => {
      const ax = times(a, part(direction));
      r[k]! += dot(part(direction), left);
      directions.forEach((other, l) => {
        q[k * LATENTS + l]! += dot(part(other), ax);
      });
    });
  });
  for (let k = 0; k < LATENTS; k++) q[k * LATENTS + k] = q[k * LATENTS + k]! * 1.001 + 1e-9;
  const exact = solve(q, r);
  const latents = zeros.map((_, k) => clampTo(LARGEST_LATENT, Math.round(exact ? exact[k]! : 0)));
  // The gain is 2 r.z - z'Qz over that of the mean filters.
  const gain = climb(latents, LARGEST_LATENT, 4, z => 2 * dot(r, z) - dot(z, times(q, z)));
  return gain > LAMBDA * LATENT_BITS * LATENTS ? latents : [];
}

/** Deltas of one group whose coefficients are x, in 1/256, and what they gain over them; undefined where they do not pay. */
function designDeltas(normal: Normal, x: Int32Array): { values: number[]; gain: number } | undefined {
  const { a, b, pixels } = normal;
  if (pixels < LEAST_PIXELS) return undefined;
  const now = times(a, x);
  const left = b.map((v, i) => v - now[i]! / 256);
  // The gain over that of x is 2 left.d - d'Ad, d in 1/64.
  const score = (d: number[]): number =>
    gainAt(a, left, d) - LAMBDA * d.reduce((bits, v) => bits + bitsOf(v), 0);
  let best: number[] | undefined;
  let most = LAMBDA;
  for (const ridge of RIDGES) {
    const drawn = a.map((v, i) => (i % (TAPS + 1) === 0 ? v * (1 + ridge) + pixels * 1e-6 : v));
    const exact = solve(drawn, left);
    if (!exact) continue;
    const d = Array.from(exact, v => clampTo(LARGEST_DELTA, Math.round(v * 64)));
    const value = climb(d, LARGEST_DELTA, 3, score);
    if (value > most) {
      most = value;
      best = d;
    }
  }
  return best && { values: best, gain: gainAt(a, left, best) };
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

/** About what a delta costs in the adaptive contexts, in bits. */
const bitsOf = (v: number): number => (v ? 3.5 + 0.4 * Math.abs(v) : 1.1);

const clampTo = (most: number, v: number): number => Math.max(-most, Math.min(most, v));
