import { roomFor } from '../../core/room.js';
import type { Grid } from '../../matrices/blocks.js';
import { MARGIN } from '../../planes/factor.js';
import { plainOrder, stepsOf } from '../../planes/schedule.js';
import type { Runs } from '../../runs/runs.js';
import type { Analysis } from '../analyse.js';
import type { Chosen, QuantiseOptions } from '../levels/choose-levels.js';
import { chooseThumbs } from './choose-thumbs.js';
import { chooseAll } from './each-part.js';
import { type ChosenParts, type PartsWork, partsOfGrid } from './parts-work.js';

/** Chooses the levels of a large picture: those of plane 0 first, then part after part, so that no more than what one needs is worked on at a time, or several at once. */
export function chooseInParts(
  analysis: Analysis,
  code: number,
  options: QuantiseOptions,
): Omit<Chosen, 'channels'> {
  const { raster, grid, weights, bases, channels } = analysis;
  const { width, height, bitDepth } = raster;
  const thumbs = chooseThumbs(analysis, code, options);
  const parts = partsOfGrid(grid);
  const steps = stepsOf(
    raster.channels,
    plainOrder(raster.channels, options.rank),
    options.rank,
    false,
  ).length;
  const chosen = room(channels.length, grid, 2 * parts.length * steps);
  const work: PartsWork = {
    raster: { width, height, channels: raster.channels, bitDepth },
    ...{ code, options, weights, bases, channels, thumbs, parts, chosen },
  };
  chooseAll(work, analysis.work);
  const sum = (from: number): number[] =>
    Array.from({ length: steps }, (_, i) =>
      parts.reduce((sum, _, n) => sum + chosen.worths[(2 * n + from) * steps + i]!, 0),
    );
  const levels = channels.map((_, c) => ({
    levels: chosen.levels[c]!,
    lastBand: chosen.lastBands[c]!,
    runs: chosen.runs[c]!,
  }));
  return { levels: { channels: levels, thumbs }, gains: sum(0), bits: sum(1) };
}

/** Room for what is chosen. */
function room(channels: number, { cols, rows }: Grid, worths: number): ChosenParts {
  const blocks = cols * rows;
  const all = <T>(make: () => T): T[] => Array.from({ length: channels }, make);
  const bytes = (length: number): Uint8Array => new Uint8Array(roomFor(length));
  const marks = (): Uint8Array => bytes((cols + 2 * MARGIN) * (rows + 2 * MARGIN));
  return {
    levels: all(() => new Int32Array(roomFor(256 * blocks))),
    lastBands: all(() => bytes(blocks)),
    runs: all((): Runs => [marks(), marks(), marks()]),
    worths: new Float64Array(roomFor(8 * worths)),
  };
}
