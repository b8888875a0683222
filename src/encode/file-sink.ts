import type { AdaptiveBits } from '../bits/adaptive.js';
import { RangeEncoder } from '../bits/range-encoder.js';
import { planeStates } from '../planes/states.js';
import type { BitSink } from '../planes/write.js';

/** A sink that writes: the range coder with the file's contexts, or with others for a part of it. */
export class FileSink implements BitSink {
  constructor(
    readonly coder = new RangeEncoder(),
    private readonly states: AdaptiveBits = planeStates(),
  ) {}

  bit(context: number, bit: number): void {
    this.coder.bit(bit, this.states.probability(context));
    this.states.update(context, bit);
  }

  even(bit: number): void {
    this.coder.bit(bit, 16_384);
  }
}
