/** A slow estimate forgets nothing up to so many bits, a fast one up to so many. */
const SLOW_LIMIT = 255;
const FAST_LIMIT = 20;
/** A context with a prior starts as if it had seen so many bits. */
const PRIOR_COUNT = 20;
const LEAST = 24;

/** 32,768 / (n + 1.6), rounded down, by integers: the share of a new bit in an estimate that has seen n. */
const RATE = Int32Array.from({ length: SLOW_LIMIT + 1 }, (_, n) => Math.floor(327_680 / (10 * n + 16)));

/**
 * Adaptive probabilities of bits, one context each: the mean of a slow and a fast running estimate of P(bit = 1), both in 1 / 65,536, starting at
 * a prior.
 */
export class AdaptiveBits {
  private readonly slow: Uint16Array;
  private readonly fast: Uint16Array;
  private readonly seen: Uint8Array;

  /** `priors` holds one number a context: P(1) in 1 / 256, or 0 for none. */
  constructor(priors: ArrayLike<number>) {
    const size = priors.length;
    this.slow = new Uint16Array(size);
    this.fast = new Uint16Array(size);
    this.seen = new Uint8Array(size);
    for (let i = 0; i < size; i++) {
      this.slow[i] = this.fast[i] = priors[i] ? priors[i]! * 256 : 32_768;
      this.seen[i] = priors[i] ? PRIOR_COUNT : 0;
    }
  }

  /** P(1) of context i for the range coder, in 1 / 32,768. */
  probability(i: number): number {
    const p = (this.slow[i]! + this.fast[i]!) >> 2;
    return p < LEAST ? LEAST : p > 32_768 - LEAST ? 32_768 - LEAST : p;
  }

  /** Learns that context i gave `bit`. */
  update(i: number, bit: number): void {
    const target = bit ? 65_535 : 0;
    const n = this.seen[i]!;
    const slow = this.slow[i]!;
    const fast = this.fast[i]!;
    this.slow[i] = slow + (((target - slow) * RATE[n]!) >> 15);
    this.fast[i] = fast + (((target - fast) * RATE[n < FAST_LIMIT ? n : FAST_LIMIT]!) >> 15);
    if (n < SLOW_LIMIT) this.seen[i] = n + 1;
  }
}
