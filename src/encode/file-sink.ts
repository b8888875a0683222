import type { AdaptiveBits } from '../bits/adaptive.js';
import { RangeEncoder } from '../bits/range-encoder.js';
import { planeStates } from '../planes/states.js';
import type { BitSink } from '../planes/write.js';

/** A sink that writes: the range coder with the file's contexts, or with others. Each of `parts` parts of the picture has one of its own, where there are several. */
export class FileSink implements BitSink {
  constructor(
    readonly coder = new RangeEncoder(),
    readonly states: AdaptiveBits = planeStates(),
    parts = 1,
  ) {
    if (parts > 1) this.parts = Array.from({ length: parts }, () => new FileSink());
  }

  private readonly parts: FileSink[] = [];

  ofPart(part: number): FileSink {
    return this.parts[part] ?? this;
  }

  /** The coder of the picture, and those of its parts. */
  get coders(): RangeEncoder[] {
    return [this.coder, ...this.parts.map(part => part.coder)];
  }

  bit(context: number, bit: number): void {
    this.coder.bit(bit, this.states.probability(context));
    this.states.update(context, bit);
  }

  even(bit: number): void {
    this.coder.bit(bit, 16_384);
  }
}
