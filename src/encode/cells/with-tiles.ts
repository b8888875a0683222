import { toChannels } from '../../colour/analysis-kernels.js';
import { colourBasis } from '../../colour/basis.js';
import type { Plane } from '../../core/plane.js';
import { turned } from '../../factors/design.js';
import { analyse } from '../../matrices/analyse.js';
import { CELL, type Cells } from '../../tiles/cells.js';
import type { Tiles } from '../../tiles/model.js';
import { type Analysis, thumbsOf } from '../analyse.js';
import { fill } from './fill.js';

/** Cells a side of a block of plane 0's level. */
const THUMB = 4;

/**
 * The analysis of a picture with its exact cells taken out: whatever the transform holds behind them is free. Near other cells, exact cells
 * continue what those show, so that no edge is left at the border. Far from them they hold their own mean, for the layers before the tiles.
 * Blocks that reach into no other cell keep plane 0 alone, and likewise blocks of plane 0's level.
 */
export function withTiles(analysis: Analysis, tiles: Tiles): Analysis {
  const { raster, grid, thumbGrid, bases } = analysis;
  const dead = within(tiles.cells, 1);
  const far = within(tiles.cells, 2);
  const planes = toChannels(raster, colourBasis(analysis.colour, analysis.weights));
  for (const plane of planes) fillCells(plane, tiles.cells, far);
  const channels = planes.map((plane, c) => {
    const u = analyse(plane, grid);
    return bases[c] ? turned(u, bases[c]) : u;
  });
  for (const u of channels)
    for (let b = 0; b < dead.length; b++) if (dead[b]) u.fill(0, b * 64 + 1, (b + 1) * 64);
  const thumbs = thumbsOf(channels, grid, thumbGrid);
  for (let b = 0; b < thumbGrid.cols * thumbGrid.rows; b++)
    if (isWithin(far, tiles.cells, (b % thumbGrid.cols) * THUMB, Math.floor(b / thumbGrid.cols) * THUMB))
      for (const u of thumbs) u.fill(0, b * 16 + 1, (b + 1) * 16);
  return { ...analysis, tiles, originals: planes.slice(0, analysis.originals.length), channels, thumbs };
}

/** The cells around which all cells within `reach` are exact. */
function within({ cols, rows, exact }: Cells, reach: number): Uint8Array {
  return exact.map((_, b) => {
    const x = b % cols;
    const y = Math.floor(b / cols);
    for (let j = Math.max(0, y - reach); j <= Math.min(rows - 1, y + reach); j++)
      for (let i = Math.max(0, x - reach); i <= Math.min(cols - 1, x + reach); i++)
        if (!exact[j * cols + i]) return 0;
    return 1;
  });
}

/** Does a block of plane 0's level, which reaches half a block beyond its own cells, lie within `cells`? */
function isWithin(cells: Uint8Array, { cols, rows }: Cells, x: number, y: number): boolean {
  for (let j = Math.max(0, y - 2); j < Math.min(rows, y + THUMB + 2); j++)
    for (let i = Math.max(0, x - 2); i < Math.min(cols, x + THUMB + 2); i++)
      if (!cells[j * cols + i]) return false;
  return true;
}

/** Exact cells far from others become their own mean; the others are filled from around. */
function fillCells(plane: Plane, { cols, exact }: Cells, far: Uint8Array): void {
  const { width, height, data } = plane;
  const sums = new Float64Array(exact.length);
  const counts = new Uint8Array(exact.length);
  const known = new Uint8Array(data.length);
  const each = (visit: (i: number, cell: number) => void): void => {
    for (let y = 0, i = 0; y < height; y++)
      for (let x = 0; x < width; x++, i++) visit(i, Math.floor(y / CELL) * cols + Math.floor(x / CELL));
  };
  each((i, cell) => {
    sums[cell]! += data[i]!;
    counts[cell]!++;
    if (!exact[cell]) known[i] = 1;
  });
  fill(plane, known);
  each((i, cell) => {
    if (far[cell]) data[i] = sums[cell]! / counts[cell]!;
  });
}
