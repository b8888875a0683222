import { solvePositive } from '../algebra/solve-positive.js';
import { compose, meanBackground } from './background.js';
import type { Decomposition } from './decompose.js';
import { Masker, noiseTerm } from './mask.js';
import { leastVariances } from './noise.js';
import type { Planes } from './opponent.js';
import { FULL_TRUST, fitWeights, trustOf } from './refit.js';

/** What a frame counts for after each later one: a memory of 50 frames. */
const FORGETTING = 0.98;

/** Ridge on the moments of the weights, as a share of their trace: what has not changed for long must not be forgotten. */
const RIDGE = 1e-3;

/** A background counts as seen in at most this many frames. */
const MOST_SUPPORT = 250;

/** Samples in a mask still show the same thing while their squared differences are below this many variances. */
const STILL = 9;

/** Frames over which what stands there is averaged. */
const STEADY = 32;

/** About how many pixels a frame's weights are fitted on, and in how many rounds. */
const FITTED = 8192;
const FIT_ROUNDS = 3;

/** The picture is divided into this many shares; the noise of one is tabulated anew with each frame. */
const TERM_PARTS = 8;

/**
 * Follows a background from frame to frame by recursive least squares with forgetting (as PETRELS does; Chi, Eldar and Calderbank, IEEE
 * Trans. Signal Processing 61, 2013), with one matrix of moments for all pixels and only where nothing is masked. Changes `start`.
 */
export class Follower {
  readonly #space: Float32Array[];
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;
  #count: number;
  /** Sum of w w^T, forgetting. */
  readonly #moments: Float64Array;
  readonly #variance: Float32Array;
  readonly #limit: Float32Array;
  readonly #least: Float32Array;
  readonly #term: Float32Array;
  readonly #masker: Masker;
  readonly #trust: Uint8Array;
  readonly #step: number;
  readonly #composed: Float32Array;
  readonly #rest: Float32Array;
  /** Number of frames in which each pixel has been background. */
  readonly #support: Uint8Array;
  /** What most often stands in front of it, and the number of frames by which that leads. */
  readonly #rival: Float32Array;
  readonly #votes: Uint8Array;

  constructor({ model, noise, masks }: Decomposition, width: number) {
    const { rank, time, space } = model;
    const pixels = masks[0]!.length;
    this.#space = space;
    this.#weights = time.slice(time.length - rank);
    this.#sums = new Float64Array(rank);
    this.#count = masks.length;
    this.#moments = new Float64Array(rank * rank);
    for (let t = 0; t < masks.length; t++) this.#remember(time.subarray(t * rank, (t + 1) * rank));
    this.#variance = noise.variance;
    this.#limit = noise.limit;
    this.#least = leastVariances(noise, pixels);
    this.#term = noiseTerm(noise.variance, pixels);
    this.#masker = new Masker(pixels, width);
    this.#trust = Uint8Array.from(masks.at(-1)!, value => FULL_TRUST * (1 - value));
    this.#step = Math.max(1, Math.floor(pixels / FITTED)) | 1;
    while (this.#step > 1 && width % this.#step === 0) this.#step += 2;
    this.#composed = new Float32Array(space[0]!.length);
    this.#rest = new Float32Array(space[0]!.length);
    this.#support = new Uint8Array(pixels);
    for (const mask of masks)
      for (let p = 0; p < pixels; p++) this.#support[p] = this.#support[p]! + 1 - mask[p]!;
    this.#rival = new Float32Array(space[0]!.length);
    this.#votes = new Uint8Array(pixels);
  }

  /** The mask of the next frame, and its background, which is valid until the next call. */
  next({ data, pixels }: Planes): { mask: Uint8Array; composed: Float32Array } {
    this.#fit(data, pixels);
    const [composed, rest] = [this.#composed, this.#rest];
    compose(this.#space, this.#weights, 0, composed);
    for (let i = 0; i < rest.length; i++) rest[i] = data[i]! - composed[i]!;
    const mask = new Uint8Array(pixels);
    this.#masker.decide(rest, this.#variance, this.#term, mask);
    const gain = this.#remember(this.#weights);
    this.#count++;
    this.#update(mask, gain);
    this.#vote(data, mask);
    const part = Math.ceil(pixels / TERM_PARTS);
    const from = (this.#count % TERM_PARTS) * part;
    noiseTerm(this.#variance, pixels, this.#term, from, Math.min(pixels, from + part));
    for (let p = 0; p < pixels; p++) this.#trust[p] = FULL_TRUST * (1 - mask[p]!);
    return { mask, composed };
  }

  /** The background with the mean of all weights. */
  background(): Float32Array {
    const time = this.#sums.map(sum => sum / this.#count);
    return meanBackground({ rank: time.length, time, space: this.#space });
  }

  /** Adds weights to the moments; returns how far they move the vectors of space for each unit of the rest. */
  #remember(weights: Float64Array): Float64Array {
    const [moments, rank] = [this.#moments, weights.length];
    let trace = 0;
    for (let k = 0; k < rank; k++) {
      this.#sums[k] = this.#sums[k]! + weights[k]!;
      for (let j = 0; j < rank; j++)
        moments[k * rank + j] = FORGETTING * moments[k * rank + j]! + weights[k]! * weights[j]!;
      trace += moments[k * rank + k]!;
    }
    const normal = moments.slice();
    for (let k = 0; k < rank; k++)
      normal[k * rank + k] = normal[k * rank + k]! + RIDGE * trace + Number.MIN_VALUE;
    const gain = weights.slice();
    if (trace > 0) solvePositive(normal, gain, rank);
    return gain;
  }

  /** Fits the weights of this frame; pixels count less the farther off they are. */
  #fit(data: Float32Array, pixels: number): void {
    const [space, weights, trust, variance] = [this.#space, this.#weights, this.#trust, this.#variance];
    for (let round = 0; ; round++) {
      fitWeights(space, data, trust, variance, this.#step, weights, 0);
      if (round === FIT_ROUNDS - 1) return;
      for (let p = 0; p < pixels; p += this.#step) {
        let off = 0;
        for (let i = p; i < data.length; i += pixels) {
          let left = data[i]!;
          for (let k = 0; k < space.length; k++) left -= weights[k]! * space[k]![i]!;
          off += (left * left) / variance[i]!;
        }
        trust[p] = trustOf(off);
      }
    }
  }

  /** Updates background and noise where nothing is masked. */
  #update(mask: Uint8Array, gain: Float64Array): void {
    const [rest, variance, limit, space] = [this.#rest, this.#variance, this.#limit, this.#space];
    const pixels = mask.length;
    for (let base = 0, plane = 0; base < rest.length; base += pixels, plane++) {
      const least = this.#least[plane]!;
      for (let p = 0, i = base; p < pixels; p++, i++) {
        if (mask[p] !== 0) continue;
        const left = rest[i]!;
        for (let k = 0; k < space.length; k++) space[k]![i] = space[k]![i]! + gain[k]! * left;
        const moved = variance[i]! + (1 - FORGETTING) * (left * left - variance[i]!);
        variance[i] = Math.max(least, Math.min(moved, limit[i]!));
      }
    }
  }

  /**
   * What stays in the mask for more frames than the background has been seen replaces it: an object that has come to stay, or what an
   * object from the start has hidden. Each pixel counts votes as Boyer and Moore do for a majority.
   */
  #vote(data: Float32Array, mask: Uint8Array): void {
    const [rival, votes, support] = [this.#rival, this.#votes, this.#support];
    const pixels = mask.length;
    for (let p = 0; p < pixels; p++) {
      if (mask[p] === 0) {
        support[p] = Math.min(MOST_SUPPORT, support[p]! + 1);
        continue;
      }
      let off = 0;
      for (let i = p; i < data.length; i += pixels)
        off = Math.max(off, (data[i]! - rival[i]!) ** 2 / this.#variance[i]!);
      if (votes[p]! > 0 && off >= STILL) {
        votes[p] = votes[p]! - 1;
        continue;
      }
      const count = votes[p]! + 1;
      votes[p] = count;
      for (let i = p; i < data.length; i += pixels)
        rival[i] = count === 1 ? data[i]! : rival[i]! + (data[i]! - rival[i]!) / Math.min(count, STEADY);
      if (count > support[p]!) this.#swap(p);
    }
  }

  #swap(p: number): void {
    const [rival, votes, support, first] = [this.#rival, this.#votes, this.#support, this.#space[0]!];
    if (this.#weights[0] === 0) return;
    for (let i = p; i < rival.length; i += votes.length) {
      first[i] = first[i]! + (rival[i]! - this.#composed[i]!) / this.#weights[0]!;
      rival[i] = this.#composed[i]!;
    }
    [votes[p], support[p]] = [support[p]!, Math.min(votes[p]!, MOST_SUPPORT)];
  }
}
