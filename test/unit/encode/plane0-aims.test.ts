import { expect, test } from 'vitest';
import { random } from '../../../src/algebra/random.js';
import { thumbsOf } from '../../../src/encode/analyse.js';
import { aimsOf, takeOwn } from '../../../src/encode/levels/plane0-aims.js';
import { gridsOf, levelWindow, windowOf } from '../../../src/parts/windows.js';
import type { Window } from '../../../src/planes/factors.js';

const raster = { width: 1203, height: 870, channels: 1, bitDepth: 8 } as const;
const { grid, thumbGrid } = gridsOf(raster);
const next = random(1);
const noise = (length: number): Float32Array => Float32Array.from({ length }, () => next() - 0.5);
const channels: Float32Array[] = [noise(64 * grid.cols * grid.rows)];
const targets = [channels[0]!.map(x => x + 0.1 * (next() - 0.5))];
const thumbs = thumbsOf(channels, grid, thumbGrid);
const whole = aimsOf(targets, channels, thumbs, { raster, grid, thumbGrid });

/** The aims of a window, for the blocks of plane 0's level that it looks at. */
function aimsIn(window: Window, wanted: Float32Array[] = targets): { level: Window; aims: Float32Array } {
  const level = levelWindow(window, thumbGrid);
  const of = (all: Float32Array[]): Float32Array[] => [windowOf(all[0]!, 64, grid, window)];
  const part = { raster, grid: { ...window, block: 8 }, thumbGrid } as const;
  const seen = [windowOf(thumbs[0]!, 16, thumbGrid, level)];
  const [aims] = aimsOf(of(wanted), of(channels), seen, part, { window, level });
  return { level, aims: aims! };
}

const largest = (of: Float32Array, other: Float32Array): number =>
  of.reduce((most, x, i) => Math.max(most, Math.abs(x - other[i]!)), 0);

test('The aims for plane 0 of a portion that is the whole picture are those of the picture', () => {
  const { aims } = aimsIn({ left: 0, top: 0, cols: grid.cols, rows: grid.rows });
  expect(largest(aims, whole[0]!)).toBeLessThan(1e-5);
  expect(largest(aims, thumbs[0]!)).toBeGreaterThan(0.05);
});

test('The aims for plane 0 of a portion are those of the picture, except next to the border of the portion', () => {
  const window = { left: 64, top: 0, cols: grid.cols - 64, rows: 64 };
  const { level, aims } = aimsIn(window);
  // Those of its own blocks that overlap no others.
  const inner = { left: 64 / 4 + 1, top: 0, cols: thumbGrid.cols - 64 / 4 - 1, rows: 64 / 4 - 1 };
  const own = { ...inner, left: inner.left - level.left, top: inner.top - level.top };
  expect(largest(windowOf(aims, 16, level, own), windowOf(whole[0]!, 16, thumbGrid, inner))).toBeLessThan(
    1e-5,
  );
  // If nothing is to change, nothing does.
  const { aims: still } = aimsIn(window, channels);
  expect(still).toEqual(windowOf(thumbs[0]!, 16, thumbGrid, level));
});

test('A portion takes over the levels of its own blocks of plane 0, and no others', () => {
  const window = { left: 64, top: 64, cols: 64, rows: grid.rows - 64 };
  const level = levelWindow(window, thumbGrid);
  const levels = new Int32Array(16 * level.cols * level.rows);
  takeOwn(
    levels,
    levels.map(() => 1),
    { window, level },
  );
  levels.forEach((taken, i) => {
    const b = i >> 4;
    const [x, y] = [level.left + (b % level.cols), level.top + Math.floor(b / level.cols)];
    expect(taken, `${x}, ${y}`).toBe(x >= 16 && x < 32 && y >= 16 ? 1 : 0);
  });
});
