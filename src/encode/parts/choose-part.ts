import { colourCount } from '../../core/raster.js';
import { MARGIN, positionsOf } from '../../planes/factor.js';
import type { ChannelLevels } from '../../planes/write-factors.js';
import { chooseLevels, type Subject } from '../levels/choose-levels.js';
import type { Work } from '../work.js';
import { decoded } from './decoded.js';
import { eachRow, gridsOf, levelWindow, type PartsWork, windowOf } from './parts-work.js';

/**
 * Chooses the levels of part n, and puts them where those of the picture are. It is coded as if nothing were around it but plane 0; the original of the closed loop is then what the part would be
 * if all of its coefficients were kept: at its borders, where blocks of two parts overlap, that is not the picture.
 */
export function choosePart(work: PartsWork, n: number, tell?: Work): void {
  const { raster, code, options, weights, bases, parts, chosen } = work;
  const { grid, thumbGrid } = gridsOf(raster);
  const window = parts[n]!;
  const { cols, rows } = window;
  const own = { block: 8, cols, rows } as const;
  const positions = positionsOf(own);
  const channels = work.channels.map(u => windowOf(u, 64, grid, window));
  const level = levelWindow(window, thumbGrid);
  const width = Math.min(8 * cols, raster.width - 8 * window.left);
  const height = Math.min(8 * rows, raster.height - 8 * window.top);
  const part: Subject = {
    ...{ raster, weights, bases, channels, grid: own, thumbs: [], thumbGrid },
    originals: channels
      .slice(0, colourCount(raster.channels))
      .map((u, c) => decoded(u, own, bases[c], width, height)),
    ...(tell && { work: tell }),
  };
  const thumbs = work.thumbs.map(levels => windowOf(levels, 16, thumbGrid, level));
  const { levels, gains, bits } = chooseLevels(part, code, options, { windows: { window, level }, thumbs });
  for (const [c, of] of levels.channels.entries()) put(of, c);
  chosen.worths.set([...gains, ...bits], n * 2 * gains.length);

  function put({ levels, lastBand, runs }: ChannelLevels, c: number): void {
    const stride = grid.cols + 2 * MARGIN;
    eachRow(window, grid.cols, (at, from, length) => {
      chosen.levels[c]!.set(levels.subarray(at * 64, (at + length) * 64), from * 64);
      chosen.lastBands[c]!.set(lastBand.subarray(at, at + length), from);
      const here = positions[at]!;
      const there = (Math.floor(from / grid.cols) + MARGIN) * stride + (from % grid.cols) + MARGIN;
      for (const [direction, marks] of runs?.entries() ?? [])
        chosen.runs[c]![direction]!.set(marks.subarray(here, here + length), there);
    });
  }
}
