import { RangeDecoder } from '../../bits/range-decoder.js';
import { fail } from '../../core/errors.js';
import type { Basis } from '../../factors/rotation.js';
import { type Level, levelIn } from '../../parts/level.js';
import { keepLevels, keepRows, keepRuns, type Store } from '../../parts/store.js';
import { gridsOf, ONE_BLOCK } from '../../parts/windows.js';
import type { Shape, Window } from '../../planes/factors.js';
import { factorReader, readStep } from '../../planes/read-factors.js';
import type { Step } from '../../planes/schedule.js';

/** The data from which the parts of the channels are read, and where they go. It can be cloned, and threads may share its arrays. */
export interface ReadWork {
  shape: Shape;
  /** Steps of the channels. */
  steps: Step[];
  bases: (Basis | undefined)[];
  /** Plane 0's level, by channel. */
  levels: Level[];
  /** The bytes that the coder of each part reads, from `start` on. */
  sources: Uint8Array[];
  start: number;
  parts: Window[];
  store: Store;
}

/** Reads part n. Throws CORRUPT, and RangeError if a level does not fit into the store. The mirror of writePart. */
export function readPart(work: ReadWork, n: number): void {
  const { shape, steps, bases, levels, sources, start, parts, store } = work;
  const window = parts[n]!;
  const { grid } = gridsOf(shape);
  const coder = new RangeDecoder(sources[n]!, start);
  const windows = { window, level: ONE_BLOCK };
  const reader = factorReader(coder, shape, [], [coder], windows);
  const { factors } = reader;
  factors.thumbs = levels.map(level => levelIn(level, shape, window));
  for (const step of steps) readStep(reader, shape, step, bases);
  const { position, end } = coder;
  if (position < end) fail('CORRUPT', 'stream', end, position, position);
  for (const [c, of] of factors.channels.entries()) {
    const { positions, places, values, runs, ends } = of;
    const laid = { from: values, at: (b: number) => positions[b]!, hop: places, unit: 2 } as const;
    keepLevels(store, c, laid, b => ends[b]!, parts, n, grid.cols);
    keepRows(store, c, of, window, grid.cols);
    keepRuns(store, c, runs, of, window, grid.cols);
  }
}
