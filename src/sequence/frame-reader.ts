import type { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeDecoder } from '../bits/range-decoder.js';
import type { Factor } from '../planes/factor.js';
import { readAlive, readPlane } from '../planes/read.js';
import type { FrameCoder } from './frame.js';

/** The contexts that last as long as a sequence: those of planes, and those of frames. */
export interface SequenceStates {
  planes: AdaptiveBits;
  frames: AdaptiveBits;
}

/** Reads a frame. The mirror of FrameWriter. */
export class FrameReader implements FrameCoder {
  constructor(
    private readonly coder: RangeDecoder,
    private readonly states: SequenceStates,
  ) {}

  bit(context: number): number {
    return this.coder.adaptive(this.states.frames, context);
  }

  alive(factors: Factor[], channel: number, role: number, band: number): void {
    readAlive({ coder: this.coder, states: this.states.planes }, factors, channel, role, band);
  }

  plane(factors: Factor[], channel: number, role: number, k: number): void {
    readPlane({ coder: this.coder, states: this.states.planes }, factors, channel, role, k);
  }
}
