import type { AdaptiveBits } from '../bits/adaptive.js';
import { RangeEncoder } from '../bits/range-encoder.js';
import { ownRanges, type Parts, type PictureParts } from '../format/ranges.js';
import { planeStates } from '../planes/states.js';
import type { BitSink } from '../planes/write.js';

/**
 * A sink that writes into a file: a range coder with its contexts, those of planes unless others are given. Where there are several
 * `parts`, each part of the channels and of plane 0's level has a sink of its own.
 */
export class FileSink implements BitSink {
  constructor(
    readonly coder = new RangeEncoder(),
    readonly states: AdaptiveBits = planeStates(),
    parts?: PictureParts,
  ) {
    const sinksOf = (partition?: Parts): FileSink[] =>
      Array.from({ length: partition ? ownRanges(partition) : 0 }, () => new FileSink());
    this.levels = sinksOf(parts?.thumbs);
    this.parts = sinksOf(parts?.channels);
  }

  private readonly levels: FileSink[];
  private readonly parts: FileSink[];

  ofLevel(part: number): FileSink {
    return this.levels[part] ?? this;
  }

  ofPart(part: number): FileSink {
    return this.parts[part] ?? this;
  }

  /** The coders of the picture and its parts, in the order of a layer's ranges. */
  get coders(): RangeEncoder[] {
    return [this.coder, ...[...this.levels, ...this.parts].map(({ coder }) => coder)];
  }

  bit(context: number, bit: number): void {
    this.coder.bit(bit, this.states.probability(context));
    this.states.update(context, bit);
  }

  even(bit: number): void {
    this.coder.bit(bit, 16_384);
  }
}
