import type { Raster } from '../../core/raster.js';
import { inRoom, roomFor } from '../../core/room.js';
import type { Grid } from '../../matrices/blocks.js';
import { emptyStore, levelsIn } from '../../parts/store.js';
import { gridsOf, partsOfGrid } from '../../parts/windows.js';
import { plainOrder, stepsOf } from '../../planes/schedule.js';
import type { ChannelLevels } from '../../planes/write-factors.js';
import type { Analysis } from '../analyse.js';
import type { Chosen, QuantiseOptions } from '../levels/choose-levels.js';
import type { Work } from '../work.js';
import type { ChooseWork, ChosenStore } from './choose-part.js';
import { chooseThumbs } from './choose-thumbs.js';
import { eachPart } from './each-part.js';

/**
 * Chooses the levels of a large picture: plane 0 first, then part after part, or several at once. Only what these parts need is in memory.
 */
export function chooseInParts(
  { raster, weights, bases, channels, thumbs, thumbGrid, work }: Analysis,
  code: number,
  options: QuantiseOptions,
): Omit<Chosen, 'channels'> {
  const first = chooseThumbs({ raster, weights, thumbs, thumbGrid }, code, options);
  const { width, height, bitDepth } = raster;
  const shape = { width, height, channels: raster.channels, bitDepth };
  const given = { raster: shape, of: channels.map(inRoom), weights, bases, thumbs, first };
  const { store, gains, bits } = chooseParts(given, code, options, true, work);
  return { levels: { channels: channelsOf(store, gridsOf(raster).grid), thumbs: store.thumbs }, gains, bits };
}

/** The levels in the store of a picture. */
export const channelsOf = (store: ChosenStore, { cols, rows }: Omit<Grid, 'block'>): ChannelLevels[] =>
  store.levels.map((_, c) => ({
    levels: levelsIn(store, c, { left: 0, top: 0, cols, rows }, cols),
    lastBand: store.lastBands[c]!,
    runs: store.runs[c]!,
  }));

/** Chooses the levels of all parts. `deep` as for emptyStore. */
export function chooseParts(
  given: Pick<ChooseWork, 'raster' | 'of' | 'weights' | 'bases' | 'thumbs' | 'first'>,
  code: number,
  options: QuantiseOptions,
  deep: boolean,
  tell?: Work,
): { store: ChosenStore; parts: ChooseWork['parts'] } & Pick<Chosen, 'gains' | 'bits'> {
  const { grid, thumbGrid } = gridsOf(given.raster);
  const parts = partsOfGrid(grid);
  const steps = plainSteps(given.raster, options.rank);
  const { channels } = given.raster;
  const store: ChosenStore = {
    ...emptyStore(channels, grid, deep),
    lastBands: Array.from({ length: channels }, () => new Uint8Array(roomFor(grid.cols * grid.rows))),
    thumbs: given.first.map(() => new Int32Array(roomFor(64 * thumbGrid.cols * thumbGrid.rows))),
    worths: new Float64Array(roomFor(16 * parts.length * steps)),
  };
  // No state before the last pass is kept for parts.
  const each = { ...options, again: false };
  eachPart({ choose: { ...given, code, options: each, parts, store } }, tell, options.passes);
  const sum = (from: number): number[] =>
    Array.from({ length: steps }, (_, i) =>
      parts.reduce((sum, _, n) => sum + store.worths[(2 * n + from) * steps + i]!, 0),
    );
  return { store, parts, gains: sum(0), bits: sum(1) };
}

const plainSteps = ({ channels }: Omit<Raster, 'data'>, rank: number): number =>
  stepsOf(channels, plainOrder(channels, rank), rank, false).length;
