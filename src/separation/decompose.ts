import { fail } from '../core/errors.js';
import { type Background, compose } from './background.js';
import { Masker, noiseTerm } from './mask.js';
import { type Noise, startNoise, updateNoise } from './noise.js';
import type { Frames } from './opponent.js';
import type { Method } from './options.js';
import { refit } from './refit.js';
import { addTerms, type Start, startByPursuit, startBySvd } from './start.js';

/** What frames are made of. */
export interface Decomposition {
  model: Background;
  noise: Noise;
  /** One a frame, 1 where it is foreground. */
  masks: Uint8Array[];
}

/** Rounds of masks, refit and noise; of wider backgrounds after so many of rank 1. */
const ROUNDS = 5;
const NARROW_ROUNDS = 2;

/**
 * Background and masks in turn: what differs from the background by more than noise is masked, and the background is fitted anew to what is
 * not masked. `frames` have `width` pixels a row.
 */
export function decompose(
  frames: Frames,
  width: number,
  method: Exclude<Method, 'online'>,
  rank: number,
  {
    signal,
    onProgress,
  }: { signal?: AbortSignal | undefined; onProgress?: ((fraction: number) => void) | undefined } = {},
): Decomposition {
  const { pixels, data } = frames[0]!;
  const step = (fraction: number): void => {
    if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
    onProgress?.(fraction);
  };
  step(0);
  const start: Start = method === 'svd' ? startBySvd(frames) : startByPursuit(frames, rank);
  let { model } = start;
  const noise = startNoise(start.variance, frames.length, pixels, width);
  const masks = frames.map(() => new Uint8Array(pixels));
  const masker = new Masker(pixels, width);
  const scratch = new Float32Array(data.length);
  const rest = (t: number): Float32Array => {
    compose(model.space, model.time, t * model.rank, scratch);
    const frame = frames[t]!.data;
    for (let i = 0; i < scratch.length; i++) scratch[i] = frame[i]! - scratch[i]!;
    return scratch;
  };
  const decide = (): void => {
    const term = noiseTerm(noise.variance, pixels);
    for (const [t, mask] of masks.entries()) masker.decide(rest(t), noise.variance, term, mask);
  };
  const narrow = rank > model.rank ? NARROW_ROUNDS : 0;
  for (let round = 0; round < narrow + ROUNDS; round++) {
    step((round + 1) / (narrow + ROUNDS + 2));
    decide();
    if (narrow > 0 && round === narrow) model = addTerms(model, frames, masks, rank - model.rank);
    refit(model, frames, masks, noise.variance);
    updateNoise(noise, frames, masks, rest, width);
  }
  decide();
  step(1);
  return { model, noise, masks };
}
