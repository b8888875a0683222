import type { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeEncoder } from '../bits/range-encoder.js';
import type { Factor } from '../planes/factor.js';
import type { Notes } from '../planes/notes.js';
import { type BitSink, writeAlive, writePlane } from '../planes/write.js';
import type { Frame, FrameCoder } from './frame.js';

/** A frame with all that a writer needs. */
export interface ChosenFrame extends Frame {
  /** By channel and block: the last band with a nonzero level. */
  lastBands: Uint8Array[];
}

/** Writes a frame, or prices it. The mirror of FrameReader. */
export class FrameWriter implements FrameCoder {
  /** `own` takes the bits of frames, `sink` those of planes; `notes` are those of a pass, by channel. */
  constructor(
    private readonly sink: BitSink,
    private readonly own: (context: number, bit: number) => void,
    private readonly frame: ChosenFrame,
    private readonly notes?: Notes[],
  ) {}

  bit(context: number, bit: number): number {
    this.own(context, bit);
    return bit;
  }

  alive(factors: Factor[], channel: number, role: number, band: number): void {
    writeAlive(
      this.sink,
      factors,
      channel,
      role,
      band,
      this.frame.lastBands[channel]!,
      this.notes?.[channel],
    );
  }

  plane(factors: Factor[], channel: number, role: number, k: number): void {
    writePlane(this.sink, factors, channel, role, k, this.frame.levels[channel]!, this.notes?.[channel]);
  }
}

/** Returns a function that codes bits under `states`, which learn. */
export const learning =
  (coder: RangeEncoder, states: AdaptiveBits) =>
  (context: number, bit: number): void => {
    coder.bit(bit, states.probability(context));
    states.update(context, bit);
  };
