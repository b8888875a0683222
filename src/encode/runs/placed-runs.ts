import type { Grid } from '../../matrices/blocks.js';
import { type Factor, positionsOf } from '../../planes/factor.js';
import { emptyRuns, type Runs } from '../../runs/runs.js';

/** Moves the runs of a picture of one part to the positions of a factor in any number of parts. */
export function placedRuns(runs: Runs, grid: Grid, { positions, places }: Factor): Runs {
  const from = positionsOf(grid);
  const placed = emptyRuns(places);
  for (const [direction, marks] of runs.entries())
    for (let b = 0; b < from.length; b++) placed[direction]![positions[b]!] = marks[from[b]!]!;
  return placed;
}
