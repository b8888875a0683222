import { colourBasis } from '../colour/basis.js';
import { giveBack } from '../core/spare.js';
import type { Metadata } from '../format/metadata.js';
import { partsOf } from '../format/ranges.js';
import type { Grid } from '../matrices/blocks.js';
import { type Factor, WHOLE } from '../planes/factor.js';
import { emptyFactors, inTurn } from '../planes/kernels.js';
import { rankOf } from '../planes/schedule.js';
import { stepOf } from '../planes/step.js';
import type { PictureLevels } from '../planes/write-factors.js';
import { stepsOfSizes } from '../rates/sizes.js';
import type { Coded } from '../rates/target.js';
import { writeFilters } from '../restore/write-filter.js';
import type { Tiles } from '../tiles/model.js';
import type { Analysis } from './analyse.js';
import { assemble, type Settings, streamCoder } from './assemble.js';
import { chooseTiles } from './cells/choose-tiles.js';
import { withTiles } from './cells/with-tiles.js';
import { FileSink } from './file-sink.js';
import { errorsOf } from './layers/errors-of.js';
import { chooseLayers, measureLayers } from './layers/layers.js';
import type { QuantiseOptions } from './levels/choose-levels.js';
import { LAMBDA } from './levels/quantise.js';
import { type Quantised, quantisePicture } from './levels/quantise-picture.js';
import { reconstruct } from './levels/reconstruct.js';
import { partOf } from './parts/part-of.js';
import { placedRuns } from './runs/placed-runs.js';
import { writeBlocks } from './write-blocks.js';

/** Options for coding a file at one step size. */
export interface CodeOptions extends QuantiseOptions {
  metadata: Metadata;
  /** See EncodeOptions. */
  partSize?: number | undefined;
  /** Only the bytes and the error matter: layers are not measured, and those in the header may be wrong. Default false. */
  sketch?: boolean;
}

/** Tiles that are estimated to save less than this share of all error and bits are compared with a file without them. */
const SURE = 0.5;

/** Codes an analysed picture with the quantiser step of `code`, with exact cells where those are better. */
export function codeAtStep(analysis: Analysis, code: number, options: CodeOptions): Coded {
  const step = stepOf(code);
  const chosen = chooseTiles(analysis, step, options.rank);
  const coded = codeWith(analysis, chosen?.tiles, code, options);
  if (!chosen || chosen.share > SURE || options.sketch) return coded;
  const plain = codeWith(analysis, undefined, code, options);
  const cost = ({ bytes, error }: Coded): number => error + LAMBDA * step * step * 8 * bytes.length;
  return cost(plain) < cost(coded) ? plain : coded;
}

/** Levels were chosen on a picture of one part. Moves their runs, which go by position, to the positions of the file's factors. */
function placedLevels({ levels }: Quantised, grid: Grid, factor: Factor): PictureLevels {
  const channels = levels.channels.map(channel => ({
    ...channel,
    runs: channel.runs && placedRuns(channel.runs, grid, factor),
  }));
  return { ...levels, channels };
}

function codeWith(picture: Analysis, tiles: Tiles | undefined, code: number, options: CodeOptions): Coded {
  const analysis = tiles ? withTiles(picture, tiles) : picture;
  const { price = 1 } = options;
  const coded = (more: Partial<QuantiseOptions>): Coded & Pick<Quantised, 'start'> => {
    let quantised!: Quantised;
    let made!: Coded;
    inTurn([
      () => {
        quantised = quantisePicture(analysis, code, { ...options, ...more });
      },
      () => {
        made = codeLevels(analysis, quantised, tiles, code, options);
      },
    ]);
    return { ...made, start: quantised.start };
  };
  const { start, ...first } = coded({});
  return {
    ...first,
    ...(start && { again: by => coded({ price: price * by, from: start, again: false }) }),
  };
}

/** Planes -> bits, and the index of the layers. */
export function codeLevels(
  analysis: Pick<Analysis, 'raster' | 'bases' | 'colour' | 'weights' | 'originals' | 'grid' | 'work'>,
  quantised: Quantised,
  tiles: Tiles | undefined,
  code: number,
  options: CodeOptions,
): Coded {
  const step = stepOf(code);
  const { raster, bases, colour, weights } = analysis;
  const { metadata, rank, compact } = options;
  const part = compact ? WHOLE : partOf(raster, quantised.bits, options.partSize);
  const { order } = quantised;
  const settings: Settings = {
    ...{ layout: 'block', step: code, rank, tiles: tiles !== undefined },
    ...{ colour, weights, order, metadata, compact, part },
  };
  const sink = new FileSink(streamCoder(raster, settings), undefined, partsOf({ ...raster, part }));
  const shape = { ...raster, step: code, weights, compact, part };
  const room = emptyFactors(shape);
  const { factors, ends } = writeBlocks(
    sink,
    {
      ...{ shape, bases, steps: quantised.steps },
      levels: placedLevels(quantised, analysis.grid, room.channels[0]!),
      cells: tiles && { raster, tiles },
    },
    room,
  );
  // On a picture of a few blocks a filter never pays.
  const whole = reconstruct(analysis, factors.channels, step, rankOf(quantised.steps), [], compact);
  writeFilters(sink.coder, whole.filters);
  const streams = sink.coders.map(coder => coder.finish());
  const errors = errorsOf(raster, whole.planes, colourBasis(colour, weights), tiles);
  giveBack(...whole.planes);
  const turned = bases.some(basis => basis?.rotations.length);
  const sizes = stepsOfSizes(quantised.steps, raster.channels, turned);
  const layers = chooseLayers(raster.channels, ends, streams, sizes);
  if (!options.sketch) measureLayers(analysis, factors, quantised.steps, layers, step, tiles);
  return assemble(raster, { ...settings, layers, sizes, errors }, streams);
}
