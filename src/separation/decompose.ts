import { fail } from '../core/errors.js';
import { type Background, compose } from './background.js';
import { Masker, noiseTerm } from './mask.js';
import { type Noise, startNoise, updateNoise } from './noise.js';
import type { Frames } from './opponent.js';
import type { Method } from './options.js';
import { FULL_TRUST, refit, trustOf } from './refit.js';
import { addTerms, type Start, startByPursuit, startBySvd } from './start.js';

/** What frames are made of. */
export interface Decomposition {
  model: Background;
  noise: Noise;
  /** One a frame, 1 where it is foreground. */
  masks: Uint8Array[];
}

/** Rounds of masks, refit and noise. */
const ROUNDS = 5;

/** Rounds of a wider background before that, which know no masks yet: what more than one light does would be in them. */
const WIDE_ROUNDS = 4;

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
  const trusts = frames.map(() => new Uint8Array(pixels));
  const decide = (): void => {
    const term = noiseTerm(noise.variance, pixels);
    for (const [t, mask] of masks.entries()) {
      masker.decide(rest(t), noise.variance, term, mask);
      for (let p = 0; p < pixels; p++) trusts[t]![p] = FULL_TRUST * (1 - mask[p]!);
    }
  };
  const wide = rank > model.rank ? WIDE_ROUNDS : 0;
  if (wide > 0) model = addTerms(model, frames, noise.variance, rank - model.rank);
  for (let round = 0; round < wide + ROUNDS; round++) {
    step((round + 1) / (wide + ROUNDS + 2));
    if (round < wide) for (const [t, trust] of trusts.entries()) setTrust(rest(t), noise.variance, trust);
    else decide();
    refit(model, frames, trusts, noise.variance);
    if (round >= wide) updateNoise(noise, frames, masks, rest, width);
  }
  decide();
  step(1);
  return { model, noise, masks };
}

/** Trust by how far each pixel of a frame is off. */
function setTrust(rest: Float32Array, variance: Float32Array, trust: Uint8Array): void {
  for (let p = 0; p < trust.length; p++) {
    let off = 0;
    for (let i = p; i < rest.length; i += trust.length) off += rest[i]! ** 2 / variance[i]!;
    trust[p] = trustOf(off);
  }
}
