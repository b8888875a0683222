import { giveBack, spareFloats } from '../../core/spare.js';
import { type Level, levelIn } from '../../parts/level.js';
import { keepRows, levelsIn, runsIn } from '../../parts/store.js';
import { gridsOf, ONE_BLOCK, windowOf } from '../../parts/windows.js';
import type { Window } from '../../planes/factors.js';
import { emptyFactors } from '../../planes/kernels.js';
import type { Step } from '../../planes/schedule.js';
import { writeFactors } from '../../planes/write-factors.js';
import { FileSink } from '../file-sink.js';
import type { ChosenStore } from './choose-part.js';
import type { LargePicture } from './large-picture.js';

/** The data from which the parts of the channels of a large picture are written, and where the bytes go. */
export interface WriteWork {
  raster: Omit<LargePicture['raster'], 'data'>;
  weights: LargePicture['weights'];
  code: number;
  /** Binary logarithm of the blocks a side of a part. */
  part: number;
  parts: Window[];
  /** Steps of the channels, in the order of the file. */
  steps: Step[];
  /** Plane 0's level, as written. */
  levels: Level[];
  store: ChosenStore;
  written: Written[];
}

/** What the coder of a part has written. */
export interface Written {
  bytes: Uint8Array;
  /** Bytes after each step, and in all. */
  ends: Float64Array;
}

/** Writes part n of a file, and puts into the store what a reader would know of it beside the levels. */
export function writePart(work: WriteWork, n: number): void {
  const { raster, weights, code, part, parts, steps, store } = work;
  const window = parts[n]!;
  const { grid } = gridsOf(raster);
  const shape = { ...raster, step: code, weights, part };
  const factors = emptyFactors(shape, { window, level: ONE_BLOCK });
  factors.thumbs = work.levels.map(level => levelIn(level, raster, window));
  const sink = new FileSink();
  const { bytes, ends } = work.written[n]!;
  // A file in parts: the levels of each part take the place of those of the part before.
  const spare = store.levels.map(() => spareFloats(64 * window.cols * window.rows).fill(0));
  const ints = ({ buffer, byteOffset, length }: Float32Array<ArrayBuffer>): Int32Array<ArrayBuffer> =>
    new Int32Array(buffer, byteOffset, length);
  const channels = store.levels.map((_, c) => ({
    levels: levelsIn(store, c, window, grid.cols, ints(spare[c]!)),
    lastBand: windowOf(store.lastBands[c]!, 1, grid, window),
    runs: runsIn(store, c, factors.channels[c]!, window, grid.cols),
  }));
  const after = (step: number): void => {
    ends[step] = sink.coder.settled;
  };
  writeFactors(sink, shape, steps, { channels, thumbs: [] }, [], undefined, after, factors);
  giveBack(...spare);
  const stream = sink.coder.finish();
  bytes.set(stream);
  ends[steps.length] = stream.length;
  for (const [c, factor] of factors.channels.entries()) keepRows(store, c, factor, window, grid.cols);
}
