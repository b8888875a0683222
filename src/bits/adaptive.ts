/** The slow estimate averages up to this many bits, the fast one up to this many. */
const SLOW_LIMIT = 255;
const FAST_LIMIT = 20;
/** A context with a prior starts as if it had seen this many bits. */
const PRIOR_COUNT = 20;

/** 32,768 / (n + 1.6), rounded down, by integers: the share of a new bit in an estimate that has seen n. */
export const RATE = Int32Array.from({ length: SLOW_LIMIT + 1 }, (_, n) =>
  Math.floor(327_680 / (10 * n + 16)),
);

/**
 * Adaptive probabilities of bits, one context each: the mean of a slow and a fast running estimate of P(bit = 1), both in 1 / 65,536,
 * starting at a prior.
 */
export class AdaptiveBits {
  /** By context: the slow estimate, the fast one, and the number of bits seen. */
  readonly state: Uint16Array;

  /** `priors` holds one number a context: P(1) in 1 / 256, or 0 for none. */
  constructor(priors: ArrayLike<number>) {
    const state = new Uint16Array(3 * priors.length);
    for (let i = 0; i < priors.length; i++) {
      state[3 * i] = state[3 * i + 1] = 256 * (priors[i]! || 128);
      if (priors[i]) state[3 * i + 2] = PRIOR_COUNT;
    }
    this.state = state;
  }

  /** P(1) of context i for the range coder, in 1 / 32,768. */
  probability(i: number): number {
    // Rounding lets the estimates fall to 0, but never rise to 65,536: no answer ever becomes impossible.
    return ((this.state[3 * i]! + this.state[3 * i + 1]!) >> 2) | 24;
  }

  /** Updates context i with `bit`. */
  update(i: number, bit: number): void {
    const { state } = this;
    const at = 3 * i;
    const target = bit ? 65_535 : 0;
    const slow = state[at]!;
    const fast = state[at + 1]!;
    const n = state[at + 2]!;
    state[at] = slow + (((target - slow) * RATE[n]!) >> 15);
    state[at + 1] = fast + (((target - fast) * RATE[n < FAST_LIMIT ? n : FAST_LIMIT]!) >> 15);
    if (n < SLOW_LIMIT) state[at + 2] = n + 1;
  }
}
