import { principalComponentPursuit } from '../algebra/pursuit.js';
import { truncatedSvd } from '../algebra/truncated-svd.js';
import { type Matrix, matrix } from '../core/matrix.js';
import { type Background, compose } from './background.js';
import { shortestInterval } from './noise.js';
import type { Frames } from './opponent.js';

/** A first background and the variance of its noise, planes x pixels. */
export interface Start {
  model: Background;
  variance: Float32Array;
}

/** Temporal factors are found on so many samples a frame at most: they are few numbers, and these are many. */
const SAMPLES = 60_000;

/** Frames darker than this share of the mean are not divided by their light. */
const LEAST_LIGHT = 0.1;

/** Most that a sample counts for among further terms, in deviations of its noise. */
const LARGEST = 5;

/** The pursuit stops here: what is left is far below the noise of any clip. */
const TOLERANCE = 1e-4;

/**
 * Rank 1 by the truncated SVD gives each frame's light; without it, the value that a pixel has most often is its background (the middle of
 * the shortest interval).
 */
export function startBySvd(frames: Frames): Start {
  const { u } = truncatedSvd(
    sampled(frames, (t, i) => frames[t]!.data[i]!),
    1,
  );
  const mean = u.data.reduce((sum, value) => sum + value, 0) / frames.length;
  const light = Float64Array.from(u.data, value => (mean === 0 ? 1 : Math.max(LEAST_LIGHT, value / mean)));
  const size = frames[0]!.data.length;
  const space = new Float32Array(size);
  const variance = new Float32Array(size);
  const values = new Float32Array(frames.length);
  for (let i = 0; i < size; i++) {
    for (let t = 0; t < frames.length; t++) values[t] = frames[t]!.data[i]! / light[t]!;
    const { centre, deviation } = shortestInterval(values);
    space[i] = centre;
    variance[i] = deviation * deviation;
  }
  return { model: { rank: 1, time: light, space: [space] }, variance };
}

/**
 * The low-rank part of principal component pursuit, its first `rank` terms, moved at each pixel to the middle of the shortest interval of what
 * is left: the pursuit draws the background a little towards all that was in front of it.
 */
export function startByPursuit(frames: Frames, rank: number): Start {
  const size = frames[0]!.data.length;
  const whole = matrix(frames.length, size);
  for (const [t, { data }] of frames.entries()) whole.data.set(data, t * size);
  const { low } = principalComponentPursuit(whole, { tolerance: TOLERANCE });
  const { u, s, v } = truncatedSvd(low, rank);
  const space = Array.from({ length: rank }, (_, k) =>
    Float32Array.from({ length: size }, (_, i) => v.data[i * v.stride + k]! * (s[k] ?? 0)),
  );
  const time = Float64Array.from({ length: frames.length * rank }, (_, i) => u.data[i]!);
  const variance = new Float32Array(size);
  const values = new Float32Array(frames.length);
  let mean = 0;
  for (let t = 0; t < frames.length; t++) mean += time[t * rank]! / frames.length;
  for (let i = 0; i < size; i++) {
    for (let t = 0; t < frames.length; t++) values[t] = whole.data[t * size + i]! - low.data[t * size + i]!;
    const { centre, deviation } = shortestInterval(values);
    if (mean !== 0) space[0]![i] = space[0]![i]! + centre / mean;
    variance[i] = deviation * deviation;
  }
  return { model: { rank, time, space }, variance };
}

/**
 * More terms for a background: the first ones of the SVD of what it leaves, no sample more than LARGEST deviations, so that what is large
 * counts for no more than what is everywhere. Their vectors of space are zero until the next refit.
 */
export function addTerms(
  { rank, time, space }: Background,
  frames: Frames,
  variance: Float32Array,
  terms: number,
): Background {
  const composed = new Float32Array(space[0]!.length);
  let done = -1;
  const rest = sampled(frames, (t, i) => {
    if (done !== t) compose(space, time, rank * t, composed);
    done = t;
    const most = LARGEST * Math.sqrt(variance[i]!);
    return Math.max(-most, Math.min(most, frames[t]!.data[i]! - composed[i]!));
  });
  const { u } = truncatedSvd(rest, terms);
  const count = rank + terms;
  const wider = new Float64Array(frames.length * count);
  for (let t = 0; t < frames.length; t++) {
    wider.set(time.subarray(t * rank, (t + 1) * rank), t * count);
    for (let k = 0; k < terms; k++) wider[t * count + rank + k] = u.data[t * u.stride + k]!;
  }
  const zeros = Array.from({ length: terms }, () => new Float32Array(space[0]!.length));
  return { rank: count, time: wider, space: [...space, ...zeros] };
}

/** frames x some of their samples, evenly spread: `at(t, i)` frame by frame. */
function sampled(frames: Frames, at: (t: number, i: number) => number): Matrix {
  const size = frames[0]!.data.length;
  const columns = Math.min(size, SAMPLES);
  const out = matrix(frames.length, columns);
  for (let t = 0, write = 0; t < frames.length; t++)
    for (let c = 0; c < columns; c++) out.data[write++] = at(t, Math.floor((c * size) / columns));
  return out;
}
