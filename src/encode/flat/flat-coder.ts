import { colourBasis } from '../../colour/basis.js';
import { hasAlpha, type Raster } from '../../core/raster.js';
import { partsOf } from '../../format/ranges.js';
import { gridOf } from '../../matrices/blocks.js';
import { stepAt } from '../../planes/factor.js';
import { emptyFactors, recompose } from '../../planes/kernels.js';
import { type Step, stepsOf } from '../../planes/schedule.js';
import { planeStates } from '../../planes/states.js';
import { stepOf } from '../../planes/step.js';
import type { PictureLevels } from '../../planes/write-factors.js';
import { writeFactors } from '../../planes/write-factors.js';
import { stepsOfSizes } from '../../rates/sizes.js';
import type { Coded } from '../../rates/target.js';
import { writeFilters } from '../../restore/write-filter.js';
import type { Tiles } from '../../tiles/model.js';
import { type AnalyseOptions, type Analysis, analysePicture } from '../analyse.js';
import { assemble, type Settings, streamCoder } from '../assemble.js';
import type { CodeOptions } from '../code-at-step.js';
import { FileSink } from '../file-sink.js';
import { errorsOf } from '../layers/errors-of.js';
import { CostMeter } from '../levels/costs.js';
import { partOf } from '../parts/part-of.js';
import { writeBlocks } from '../write-blocks.js';
import { flatTiles } from './flat-tiles.js';

/** Pixels a side of the piece that represents the picture. */
const PIECE = 64;

/**
 * Codes a picture of one colour: plane 0 of plane 0's level, and exact cells where allowed. Since all blocks are alike, everything is
 * chosen and measured on a small piece of it.
 */
export function flatCoder(
  raster: Raster,
  analyse: AnalyseOptions,
): { piece: Analysis; code: (step: number, options: CodeOptions) => Coded } {
  const width = Math.min(raster.width, PIECE);
  const height = Math.min(raster.height, PIECE);
  const data = raster.data.slice(0, width * height * raster.channels);
  const piece = analysePicture({ ...raster, width, height, data }, analyse);
  const tiles = analyse.tiles && raster.bitDepth === 8 ? flatTiles(raster) : undefined;
  return { piece, code: (step, options) => codeFlat(raster, piece, tiles, step, options) };
}

function codeFlat(
  raster: Raster,
  piece: Analysis,
  tiles: Tiles | undefined,
  code: number,
  { rank, metadata, partSize }: CodeOptions,
): Coded {
  const { colour, weights, bases, originals } = piece;
  const steps = stepsOf(raster.channels, [], rank, tiles !== undefined);
  const part = partOf(raster, 0, partSize);
  const settings: Settings = {
    ...{ layout: 'block', step: code, rank, tiles: tiles !== undefined },
    ...{ colour, weights, order: [], metadata, part },
  };
  const shape = { ...raster, step: code, weights, part };
  const room = emptyFactors(shape);
  const levels = room.channels.map((factor, c) =>
    Math.round(piece.thumbs[c]![0]! / (stepOf(code) * stepAt(factor, 0, 0))),
  );
  const sink = new FileSink(streamCoder(raster, settings), undefined, partsOf({ ...raster, part }));
  const cells = tiles && { raster, tiles };
  writeBlocks(sink, { shape, bases, steps, levels: levelsOf(raster, levels), cells }, room);
  writeFilters(sink.coder, new Array<undefined>(originals.length));
  const streams = sink.coders.map(coder => coder.finish());
  const errors = tiles
    ? { colour: 0, ...(hasAlpha(raster.channels) && { alpha: 0 }) }
    : errorsWithout(piece, code, steps, levels);
  const layers = [{ steps: steps.length, ends: streams.map(({ length }) => length), psnr: 0 }];
  const sizes = stepsOfSizes(steps, raster.channels, false);
  return assemble(raster, { ...settings, layers, sizes, errors }, streams);
}

/**
 * Levels of a picture whose blocks of plane 0's level have at most one nonzero level by channel, the first. No others are ever looked at.
 */
function levelsOf({ width, height }: Raster, levels: number[]): PictureLevels {
  const { cols, rows } = gridOf(Math.ceil(width / 8), Math.ceil(height / 8), 4);
  return {
    channels: levels.map(() => ({ levels: new Int32Array(0), lastBand: new Uint8Array(0) })),
    thumbs: levels.map(level =>
      Int32Array.from({ length: cols * rows * 16 }, (_, i) => (i % 16 ? 0 : level)),
    ),
  };
}

/** Mean squared errors of the decoded picture without exact cells. */
function errorsWithout(
  { raster, colour, weights, bases }: Analysis,
  code: number,
  steps: Step[],
  levels: number[],
) {
  const shape = { ...raster, step: code, weights };
  const meter = new CostMeter(planeStates());
  const { channels } = writeFactors(meter, shape, steps, levelsOf(raster, levels), bases);
  const planes = channels.map(factor => recompose(factor, stepOf(code) / 2, 1));
  return errorsOf(raster, planes, colourBasis(colour, weights));
}
