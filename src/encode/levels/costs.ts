import type { AdaptiveBits } from '../../bits/adaptive.js';
import type { BitSink } from '../../planes/write.js';

/** A sink that learns as the file's coder would and adds up the cost of its bits, in bits. */
export class CostMeter implements BitSink {
  bits = 0;

  constructor(readonly states: AdaptiveBits) {}

  bit(context: number, bit: number): void {
    const p = this.states.probability(context);
    this.bits += COST[bit ? p : 32_768 - p]!;
    this.states.update(context, bit);
  }

  even(): void {
    this.bits++;
  }

  /** The present cost of `bit` in `context`, in bits. */
  cost(context: number, bit: number): number {
    const p = this.states.probability(context);
    return COST[bit ? p : 32_768 - p]!;
  }
}

/** -log2(p / 32,768). */
export const COST = Float32Array.from({ length: 32_769 }, (_, p) => (p ? -Math.log2(p / 32_768) : 16));
