import { giveBack } from '../../core/spare.js';
import { gridsOf, rowsIn, windowOf } from '../../parts/windows.js';
import type { Window } from '../../planes/factors.js';
import { gather } from '../../rates/magnitudes.js';
import { repeatedBits } from '../bases/repetition.js';
import { promiseOf } from '../cells/choose-tiles.js';
import { largestOf } from '../largest-of.js';
import { channelsIn, type LargePicture } from './large-picture.js';

/** What is measured over a whole large picture before anything is coded, and where the results go. */
export interface AnalyseWork {
  picture: LargePicture;
  /** The quantiser step and the columns to begin with. */
  step: number;
  rank: number;
  /** Which cells of the picture may be exact, and the bits of their colours: see TileSource. */
  cells: { exact: Uint8Array; bits: Uint16Array } | undefined;
  parts: Window[];
  /** Plane 0 of each channel, by block. */
  plane0: Float32Array[];
  /**
   * By part: the largest absolute coefficient; the two results of `repeatedBits` for the first channel; and, with a target, the sums that
   * `gather` makes of all coefficients.
   */
  largest: Float32Array;
  sizes: Float64Array[] | undefined;
  repetitions: Float32Array;
  /** By part: see promiseOf. */
  promises: Float64Array;
}

/** Analyses part n. */
export function analysePart(work: AnalyseWork, n: number): void {
  const { picture, step, rank, cells, parts, plane0, largest, sizes, repetitions, promises } = work;
  const window = parts[n]!;
  const { grid } = gridsOf(picture.raster);
  const channels = channelsIn(picture, window);
  for (const [c, u] of channels.entries())
    for (const { at, from, length } of rowsIn(window, grid.cols))
      for (let j = 0; j < length; j++) plane0[c]![from + j] = u[(at + j) * 64]!;
  largest[n] = largestOf(channels);
  if (sizes) gather(channels, picture.weights, sizes[n]!);
  const { saved, bits } = repeatedBits(channels[0]!, { block: 8, ...window }, step);
  repetitions.set([saved, bits], 2 * n);
  if (cells) {
    const exact = windowOf(cells.exact, 1, grid, window);
    const bits = windowOf(cells.bits, 1, grid, window);
    promises[n] = promiseOf(channels, { candidates: { exact }, bits }, step, rank);
  }
  giveBack(...channels);
}
