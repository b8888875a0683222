import type { RangeDecoder } from '../bits/range-decoder.js';
import type { Plane } from '../core/plane.js';
import type { Step } from '../planes/schedule.js';
import type { Tiles } from '../tiles/model.js';

/** Work in slices: whoever runs it may do other things after each. */
export type Slices<T> = Generator<undefined, T>;

/** A stream that is being read, between two steps. */
export interface Reading {
  coder: RangeDecoder;
  /** Channels come out at 1 / scale of the size: 1 or 2. */
  scale: number;
  /** The last band of a channel that a smaller picture needs; Infinity where it needs all. */
  bands: number;
  /** Exact cells that go over the picture; layout `block`. */
  tiles?: Tiles;
  /** bits -> planes -> factors: reads the next steps. */
  read(steps: Step[]): Slices<void>;
  /**
   * factors -> matrices -> channels, as large as the picture or larger, in units of 1 / 255 of the peak. `whole` says that all steps have been read and
   * all columns are kept: then the filters, which follow the last step, go over them.
   */
  channels(end: boolean, whole: boolean): Slices<Plane[]>;
}

/** Does all of it at once. */
export function atOnce<T>(slices: Slices<T>): T {
  let result = slices.next();
  while (!result.done) result = slices.next();
  return result.value;
}
