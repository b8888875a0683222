import { designColourBasis } from '../../colour/design.js';
import type { Raster } from '../../core/raster.js';
import { inRoom, roomFor } from '../../core/room.js';
import { analyse } from '../../matrices/analyse.js';
import { gridsOf, partsOfGrid } from '../../parts/windows.js';
import type { Weights } from '../../planes/weights.js';
import { GATHERED } from '../../rates/magnitudes.js';
import { shareOf } from '../bases/repetition.js';
import { tileSource } from '../cells/tile-source.js';
import { largestOf } from '../largest-of.js';
import { eachPart } from './each-part.js';
import type { LargePicture } from './large-picture.js';

/** A large picture, analysed as far as possible before a quality is chosen. */
export interface LargeAnalysis {
  picture: LargePicture;
  /** See Analysis. */
  thumbs: Float32Array[];
  /** The largest coefficient and, if asked for, the sums that `gather` makes of all of them. */
  largest: number;
  sizes: Float64Array | undefined;
}

/** Pictures with more `repetition`, over all parts, are not analysed here. */
const REPETITION = 0.05;
/**
 * Raster -> channels -> matrices, part by part. Undefined where the picture may want exact cells (`tiles`) or, since it repeats itself,
 * bases or predictors of its own (`bases`): these are chosen for the whole picture at once.
 */
export function analyseInParts(
  raster: Raster,
  step: number,
  rank: number,
  {
    tiles,
    bases,
    weights,
    sizes: wanted,
  }: { tiles: boolean; bases: boolean; weights: Weights | undefined; sizes: boolean },
): LargeAnalysis | undefined {
  const source = tiles ? tileSource(raster) : undefined;
  const cells = source && { exact: inRoom(source.candidates.exact), bits: inRoom(source.bits) };
  const { grid, thumbGrid } = gridsOf(raster);
  const colour = raster.channels >= 3 ? designColourBasis(raster) : ([0, 0, 0] as [number, number, number]);
  const picture: LargePicture = { raster: { ...raster, data: inRoom(raster.data) }, colour, weights };
  const parts = partsOfGrid(grid);
  const plane0 = Array.from(
    { length: raster.channels },
    () => new Float32Array(roomFor(4 * grid.cols * grid.rows)),
  );
  const largest = new Float32Array(roomFor(4 * parts.length));
  const repetitions = new Float32Array(roomFor(8 * parts.length));
  const promises = new Float64Array(roomFor(8 * parts.length));
  const sizes = wanted ? parts.map(() => new Float64Array(roomFor(8 * GATHERED))) : undefined;
  eachPart({
    analyse: { picture, step, rank, cells, parts, plane0, largest, sizes, repetitions, promises },
  });
  if (cells && promises.reduce((sum, promise) => sum + promise, 0) >= 0) return undefined;
  const sumOf = (from: number): number =>
    repetitions.reduce((sum, value, n) => (n % 2 === from ? sum + value : sum), 0);
  if (bases && shareOf({ saved: sumOf(0), bits: sumOf(1) }) >= REPETITION) return undefined;
  const thumbs = plane0.map(data => analyse({ width: grid.cols, height: grid.rows, data }, thumbGrid));
  const sum = sizes?.reduce((totals, partSums) => totals.map((x, n) => x + partSums[n]!));
  return { picture, thumbs, largest: largestOf([...thumbs, largest]), sizes: sum };
}
