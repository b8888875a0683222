import type { RangeDecoder } from '../bits/range-decoder.js';
import type { Plane } from '../core/plane.js';
import type { Step } from '../planes/schedule.js';
import type { Tiles } from '../tiles/model.js';
import type { Slices } from './slices.js';

/** How a layout reads its stream, step by step. */
export interface Reading {
  /** Channels come out at 1 / scale of the size: 1 or 2. */
  scale: 1 | 2;
  /** Its coders: that of the picture, then those of the parts. */
  coders: RangeDecoder[];
  /** The first block of the channels. */
  origin: { left: number; top: number };
  /** Does the picture need this step? */
  wants(step: Step): boolean;
  /** bits -> planes -> factors: reads the next step. */
  read(step: Step): void;
  /**
   * factors -> matrices -> channels, as large as the picture or larger, in units of 1 / 255 of the peak, and exact cells to paint over it.
   * `columns` are in use. `atEnd` says that all steps have been read; the filters follow them. `whole` says that all columns are kept as
   * well.
   */
  compose(columns: number, atEnd: boolean, whole: boolean): Slices<{ planes: Plane[]; tiles?: Tiles }>;
}
