import { RangeDecoder } from '../../bits/range-decoder.js';
import { fail } from '../../core/errors.js';
import type { Basis } from '../../factors/rotation.js';
import { type Level, levelIn } from '../../parts/level.js';
import { keepRows, keepRuns, type Store } from '../../parts/store.js';
import { eachRow, gridsOf, ONE_BLOCK } from '../../parts/windows.js';
import type { Shape, Window } from '../../planes/factors.js';
import { ORDER8 } from '../../planes/order.js';
import { factorReader, readStep } from '../../planes/read-factors.js';
import type { Step } from '../../planes/schedule.js';

/** What the parts of the channels are read from, and where they go. It can be cloned, and threads may share its arrays. */
export interface ReadWork {
  shape: Shape;
  /** Steps of the channels. */
  steps: Step[];
  bases: (Basis | undefined)[];
  /** Plane 0's level, by channel. */
  levels: Level[];
  /** What the coder of each part reads, from `start` on. */
  sources: Uint8Array[];
  start: number;
  parts: Window[];
  store: Store;
}

/** Reads part n. Throws CORRUPT, and RangeError where a level has no room in the store. The mirror of writePart. */
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
    const kept = store.levels[c]!;
    const most = kept instanceof Int16Array ? 32_767 : 2 ** 31;
    eachRow(window, grid.cols, (at, from, length) => {
      for (let j = 0; j < length; j++)
        for (let n = 1; n < ends[at + j]!; n++) {
          const k = ORDER8[n]!;
          const level = values[k * places + positions[at + j]!]! / 2;
          if (level > most || -level > most) throw new RangeError('a level of more bits than the store has');
          kept[(from + j) * 64 + k] = level;
        }
    });
    keepRows(store, c, of, window, grid.cols);
    keepRuns(store, c, runs, of, window, grid.cols);
  }
}
