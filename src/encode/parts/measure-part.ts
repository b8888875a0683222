import { colourBasis } from '../../colour/basis.js';
import type { Plane } from '../../core/plane.js';
import { colourCount } from '../../core/raster.js';
import { codedBlocks } from '../../planes/coded-blocks.js';
import { type Factor, factor } from '../../planes/factor.js';
import type { Window } from '../../planes/factors.js';
import { recompose } from '../../planes/recompose.js';
import { roleOf, type Step } from '../../planes/schedule.js';
import { stepOf } from '../../planes/step.js';
import { thumbnail } from '../../planes/thumbnail.js';
import { columnExponents } from '../../planes/weights.js';
import type { Sample } from '../../restore/design.js';
import type { ChannelFilter } from '../../restore/filter.js';
import { restore } from '../../restore/restore.js';
import { LONGEST } from '../../runs/runs.js';
import { errorsOf } from '../layers/errors-of.js';
import { type LargePicture, planesIn, rasterIn } from './large-picture.js';
import { type Level, levelIn } from './level.js';
import { eachMark, type Store } from './store.js';
import { around, eachRow, gridsOf } from './windows.js';

/** A large picture that has been written, as a decoder of it would have it. */
export interface WrittenPicture {
  picture: LargePicture;
  code: number;
  /** Columns in use. */
  columns: number;
  thumbs: Level[];
  store: Store;
  parts: Window[];
}

/** What its layers are measured by, and where the squared errors go. */
export interface MeasureWork extends WrittenPicture {
  filters: (ChannelFilter | undefined)[];
  /** The steps of each layer but the last, which has all. */
  layers: Step[][];
  /** By part and layer: sums of squared errors of colour and of alpha. */
  errors: Float64Array;
}

/** Blocks around those of a part that its samples look at: their overlap, and the restoration. */
const REACH = 2;

/** Measures the layers of part n. */
export function measurePart(work: MeasureWork, n: number): void {
  const { picture, code, columns, parts, layers, filters, errors } = work;
  const { colour, weights } = picture;
  const window = parts[n]!;
  const raster = rasterIn(picture.raster, window);
  const basis = colourBasis(colour, weights);
  const windowed = factorsIn(work, window);
  const { factors, shown, blocks } = windowed;
  const ranks = factors.map(() => 1);
  const thumbRanks = factors.map(() => 0);
  const planes: Plane[] = [];
  const step = stepOf(code);
  const put = (layer: number): void => {
    const inner = planes.map(({ data, width, height }) => {
      const from = 8 * ((window.top - shown.top) * width + window.left - shown.left);
      return { width, height, data: data.subarray(from) };
    });
    const mean = errorsOf(raster, inner, basis);
    const pixels = raster.width * raster.height;
    const sums = [mean.colour * pixels * colourCount(raster.channels), (mean.alpha ?? 0) * pixels];
    errors.set(sums, 2 * (n * (layers.length + 1) + layer));
  };
  for (const [layer, steps] of layers.entries()) {
    const changed = new Set<number>(layer ? [] : factors.keys());
    const settled = new Set<number>();
    for (const { channel, thumb, planes: added } of steps) {
      (thumb ? thumbRanks : ranks)[channel]! += added.length;
      changed.add(channel);
      if (thumb) settled.add(channel);
    }
    for (const c of settled) settle(work, factors[c]!, c, thumbRanks[c]);
    for (const c of changed)
      planes[c] = recompose(
        factors[c]!,
        step / 2,
        ranks[c]!,
        undefined,
        8,
        viewOf(factors[c]!, shown, blocks),
      );
    put(layer);
  }
  const { planes: last, coded } = decodedIn(work, windowed, columns);
  for (const [c, plane] of last.entries()) planes[c] = plane;
  restore(planes, coded, step, filters, weights !== undefined);
  put(layers.length);
}

/** What filters are designed for: part n, decoded without any, and what it should be. */
export function sampleOf(of: WrittenPicture, n: number): Sample {
  const { picture, parts, columns } = of;
  const windowed = factorsIn(of, parts[n]!);
  const originals = planesIn(picture, windowed.shown).slice(0, colourCount(picture.raster.channels));
  return { ...decodedIn(of, windowed, columns), originals };
}

interface Windowed {
  /** Of all blocks that have a part in the runs that those shown are in. */
  factors: Factor[];
  /** The blocks of a window, and those around that they look at; and their numbers in the factors. */
  shown: Window;
  blocks: Int32Array;
}

function decodedIn(
  of: WrittenPicture,
  { factors, shown, blocks }: Windowed,
  columns: number,
): Pick<Sample, 'planes' | 'coded'> {
  const unit = stepOf(of.code) / 2;
  const views = factors.map((own, c) => {
    settle(of, own, c);
    return viewOf(own, shown, blocks);
  });
  const planes = factors.map((own, c) => recompose(own, unit, columns, undefined, 8, views[c]));
  return { planes, coded: codedBlocks(views) };
}

/** Plane 0 from the first `rank` columns of its level. */
function settle({ picture, thumbs }: WrittenPicture, own: Factor, c: number, rank?: number): void {
  thumbnail(own, levelIn(thumbs[c]!, picture.raster, own), gridsOf(picture.raster).grid, rank);
}

/** The factors of a window out of the store. */
function factorsIn({ picture, store }: WrittenPicture, window: Window): Windowed {
  const { raster, weights } = picture;
  const { grid } = gridsOf(raster);
  const shown = around(window, REACH, grid);
  const wide = around(shown, 0, grid, 2 ** LONGEST);
  const colours = colourCount(raster.channels);
  const factors = store.levels.map((levels, c) => {
    const of = factor({ block: 8, ...wide }, undefined, wide.left, wide.top);
    const { positions, places, values, runs } = of;
    if (weights && c < colours) of.columnWeights = columnExponents(weights, roleOf(c, raster.channels));
    of.fineRowWeights = new Int8Array(places);
    eachRow(wide, grid.cols, (at, from, length) => {
      of.ends.set(store.ends[c]!.subarray(from, from + length), at);
      for (let j = 0; j < length; j++) {
        const i = positions[at + j]!;
        of.rowWeights[i] = store.rows[c]![from + j]!;
        of.fineRowWeights[i] = store.fineRows[c]![from + j]!;
        const first = (from + j) * 64;
        for (let k = 1; k < 64; k++) values[k * places + i] = 2 * levels[first + k]!;
      }
    });
    eachMark(wide, grid, positions, (here, there, length) => {
      for (const [direction, marks] of store.runs[c]!.entries())
        runs[direction]!.set(marks.subarray(there, there + length), here);
    });
    return of;
  });
  const blocks = new Int32Array(shown.cols * shown.rows);
  eachRow(
    { ...shown, left: shown.left - wide.left, top: shown.top - wide.top },
    wide.cols,
    (at, from, length) => {
      for (let j = 0; j < length; j++) blocks[at + j] = from + j;
    },
  );
  return { factors, shown, blocks };
}

/** Those blocks of a factor that are shown, as far as `recompose` is concerned: see `within`. */
const viewOf = (of: Factor, { cols, rows }: Window, blocks: Int32Array): Factor => ({
  ...of,
  ...{ cols, rows },
  positions: blocks.map(b => of.positions[b]!),
  ends: Uint8Array.from(blocks, b => of.ends[b]!),
});
