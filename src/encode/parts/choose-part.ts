import { colourCount, type Raster } from '../../core/raster.js';
import { giveBack } from '../../core/spare.js';
import type { Basis } from '../../factors/rotation.js';
import { keepLevels, keepRuns, type Store } from '../../parts/store.js';
import { gridsOf, levelWindow, ownLevel, putWindow, windowOf } from '../../parts/windows.js';
import { positionsOf } from '../../planes/factor.js';
import type { Window } from '../../planes/factors.js';
import { BANDS8 } from '../../planes/order.js';
import type { Weights } from '../../planes/weights.js';
import type { Levels } from '../../planes/write.js';
import type { ChannelLevels } from '../../planes/write-factors.js';
import { chooseLevels, type QuantiseOptions, type Subject } from '../levels/choose-levels.js';
import type { Work } from '../work.js';
import { decoded } from './decoded.js';
import { channelsIn, type LargePicture } from './large-picture.js';

/** A store, and what the encoder needs to know about its parts. */
export interface ChosenStore extends Store {
  /** See ChannelLevels. */
  lastBands: Uint8Array[];
  /** The levels of plane 0, by channel. */
  thumbs: Levels[];
  /** By part and step of a plain order: gain and bits, see Chosen. */
  worths: Float64Array;
}

/**
 * The data from which the levels of the parts of a large picture are chosen, and where the levels go. It can be cloned, and threads may
 * share its arrays.
 */
export interface ChooseWork {
  /** The raster without its samples. */
  raster: Omit<Raster, 'data'>;
  /** The picture; or X V by channel where that is no longer the picture's own, see Analysis. */
  of: LargePicture | Float32Array[];
  /** Code of the quantiser step. */
  code: number;
  options: QuantiseOptions;
  weights: Weights | undefined;
  bases: (Basis | undefined)[];
  /** Plane 0's level of each channel, and the levels of it that parts begin with. */
  thumbs: Float32Array[];
  first: Levels[];
  parts: Window[];
  store: ChosenStore;
}

/**
 * Chooses the levels of part n and puts them into the store. The part is coded as if only plane 0 surrounded it, as first chosen, whatever
 * other parts make of it. So the closed loop aims at what the part would be with all of its coefficients. At its borders, where blocks of
 * two parts overlap, that is not the picture.
 */
export function choosePart(work: ChooseWork, n: number, tell?: Work): void {
  const { raster, of, code, options, weights, bases, parts, store } = work;
  const { grid, thumbGrid } = gridsOf(raster);
  const window = parts[n]!;
  const { cols, rows } = window;
  const partGrid = { block: 8, cols, rows } as const;
  const positions = positionsOf(partGrid);
  const channels = Array.isArray(of) ? of.map(u => windowOf(u, 64, grid, window)) : channelsIn(of, window);
  const level = levelWindow(window, thumbGrid);
  const width = Math.min(8 * cols, raster.width - 8 * window.left);
  const height = Math.min(8 * rows, raster.height - 8 * window.top);
  const part: Subject = {
    ...{ raster, weights, bases, channels, grid: partGrid, thumbGrid },
    thumbs: work.thumbs.map(u => windowOf(u, 16, thumbGrid, level)),
    originals: channels
      .slice(0, colourCount(raster.channels))
      .map((u, c) => decoded(u, partGrid, bases[c], width, height)),
    ...(tell && { work: tell }),
  };
  const thumbs = work.first.map(levels => windowOf(levels, 16, thumbGrid, level));
  const { levels, gains, bits } = chooseLevels(part, code, options, { windows: { window, level }, thumbs });
  for (const [c, channelLevels] of levels.channels.entries()) put(channelLevels, c);
  for (const [c, thumbLevels] of levels.thumbs.entries())
    putWindow(
      store.thumbs[c]!,
      16,
      thumbGrid,
      ownLevel(window),
      windowOf(thumbLevels, 16, level, ownLevel(window, level)),
    );
  store.worths.set([...gains, ...bits], n * 2 * gains.length);
  giveBack(...part.channels, ...part.originals);

  function put({ levels, lastBand, runs }: ChannelLevels, c: number): void {
    const laid = { from: levels, at: (b: number) => 64 * b, hop: 1, unit: 1 } as const;
    keepLevels(store, c, laid, b => BANDS8[lastBand[b]!]!, parts, n, grid.cols);
    putWindow(store.lastBands[c]!, 1, grid, window, lastBand);
    if (runs) keepRuns(store, c, runs, { positions }, window, grid.cols);
  }
}
