import { AdaptiveBits } from '../../bits/adaptive.js';
import { colourBasis } from '../../colour/basis.js';
import { toChannels } from '../../colour/channels.js';
import { designColourBasis } from '../../colour/design.js';
import { colourCount, hasAlpha, peakOf, type Raster } from '../../core/raster.js';
import { inRoom, roomFor } from '../../core/room.js';
import { SYMBOL_CONTEXTS } from '../../factors/rotation.js';
import { writeBases } from '../../factors/write-basis.js';
import { partsOf } from '../../format/ranges.js';
import { analyse } from '../../matrices/analyse.js';
import type { Mse } from '../../metrics/mse.js';
import { psnrOf } from '../../metrics/psnr.js';
import type { StoredPicture } from '../../parts/compose.js';
import { levelOf } from '../../parts/level.js';
import { gridsOf, partsOfFile, partsOfGrid } from '../../parts/windows.js';
import { emptyFactors } from '../../planes/kernels.js';
import { rankOf, type Step } from '../../planes/schedule.js';
import { stepOf } from '../../planes/step.js';
import type { Weights } from '../../planes/weights.js';
import type { Levels } from '../../planes/write.js';
import { writeFactors } from '../../planes/write-factors.js';
import { stepsOfSizes } from '../../rates/sizes.js';
import type { Coded } from '../../rates/target.js';
import { evidenceOf, filtersBy } from '../../restore/design.js';
import { writeFilters } from '../../restore/write-filter.js';
import { assemble, type Settings, streamCoder } from '../assemble.js';
import { tileSource } from '../cells/tile-source.js';
import { type CodeOptions, codeLevels } from '../code-at-step.js';
import { FileSink } from '../file-sink.js';
import { largestOf } from '../largest-of.js';
import { chooseLayers, type Draft } from '../layers/layers.js';
import { ordered } from '../levels/quantise-picture.js';
import { LAYER_WORK, type Work } from '../work.js';
import { chooseParts, levelsIn } from './choose-in-parts.js';
import { chooseThumbs } from './choose-thumbs.js';
import { eachPart } from './each-part.js';
import type { LargePicture } from './large-picture.js';
import { type MeasureWork, sampleOf } from './measure-part.js';
import { partOf } from './part-of.js';
import type { WriteWork, Written } from './write-part.js';

/** A large picture as far as no choice of quality is needed. */
export interface LargeAnalysis {
  picture: LargePicture;
  /** See Analysis. */
  thumbs: Float32Array[];
  /** The largest coefficient. */
  largest: number;
}

/** Least `repetition`, mean of all parts, of a picture that is not analysed here. */
const REPETITION = 0.05;
/** Filters are designed for so many parts, at most. */
const SAMPLES = 6;

/** Raster -> channels -> matrices, part by part. Undefined where the picture may want exact cells (`tiles`), or, as it repeats itself, bases or predictors of its own (`bases`): these are chosen for all of a picture at once. */
export function analyseLarge(
  raster: Raster,
  step: number,
  rank: number,
  { tiles, bases, weights }: { tiles: boolean; bases: boolean; weights: Weights | undefined },
): LargeAnalysis | undefined {
  const source = tiles ? tileSource(raster) : undefined;
  const cells = source && { exact: inRoom(source.candidates.exact), fresh: inRoom(source.fresh) };
  const { grid, thumbGrid } = gridsOf(raster);
  const colour = raster.channels >= 3 ? designColourBasis(raster) : ([0, 0, 0] as [number, number, number]);
  const picture: LargePicture = { raster: { ...raster, data: inRoom(raster.data) }, colour, weights };
  const parts = partsOfGrid(grid);
  const plane0 = Array.from(
    { length: raster.channels },
    () => new Float32Array(roomFor(4 * grid.cols * grid.rows)),
  );
  const largest = new Float32Array(roomFor(4 * parts.length));
  const repetitions = new Float32Array(roomFor(4 * parts.length));
  const promises = new Float64Array(roomFor(8 * parts.length));
  eachPart({
    analyse: { picture, step, rank, cells, parts, plane0, largest, repetitions, promises },
  });
  if (cells && promises.reduce((sum, of) => sum + of, 0) >= 0) return undefined;
  const repeats = repetitions.reduce((sum, of) => sum + of, 0) / parts.length;
  if (bases && repeats >= REPETITION) return undefined;
  const thumbs = plane0.map(data => analyse({ width: grid.cols, height: grid.rows, data }, thumbGrid));
  return { picture, thumbs, largest: largestOf([...thumbs, largest]) };
}

/** Codes a large picture with the quantiser step of `code`, part by part: what stays of it in between is 16 bits a coefficient. */
export function codeInParts(
  { picture, thumbs: all, largest }: LargeAnalysis,
  code: number,
  options: CodeOptions,
  tell?: Work,
): Coded {
  const { raster, colour, weights } = picture;
  const { width, height, channels, bitDepth } = raster;
  const { grid, thumbGrid } = gridsOf(raster);
  const step = stepOf(code);
  const thumbs = chooseThumbs({ raster, weights, thumbs: all, thumbGrid }, code, options);
  const bases = thumbs.map(() => undefined);
  const shape = { width, height, channels, bitDepth };
  // Weights make steps at most four times finer than D.
  const deep = (4 * largest) / step > 2 ** 15 - 8;
  const { store, parts, gains, bits } = chooseParts(
    ...([{ raster: shape, of: picture, weights, bases }, thumbs, code, options, deep, tell] as const),
  );
  const { order, steps, bits: sum } = ordered(channels, store.lastBands, { gains, bits }, false, options);
  const part = partOf(raster, sum, options.partSize);
  const ofFile = partsOf({ width, height, part });
  if (ofFile.channels.count === 1) {
    const planes = toChannels(raster, colourBasis(colour, weights)).slice(0, colourCount(channels));
    const analysis = { raster, colour, weights, bases, grid, originals: planes, ...(tell && { work: tell }) };
    const quantised = { levels: { channels: levelsIn(store), thumbs }, order, steps, bits: sum };
    return codeLevels(analysis, quantised, undefined, code, options);
  }
  const { metadata, rank } = options;
  const settings: Settings = {
    ...{ layout: 'block', step: code, rank, tiles: false },
    ...{ colour, weights, order, metadata, part },
  };
  const first = steps.filter(({ thumb }) => thumb).length;
  const top = writeThumbs(picture, thumbs, settings, steps.slice(0, first));
  const written = writeParts(
    {
      ...{ raster: shape, weights, code, part, steps: steps.slice(first) },
      ...{ levels: top.levels, store, parts: partsOfFile(grid, part) },
    },
    tell,
  );
  const stored: StoredPicture = {
    ...{ shape: { ...shape, step: code, weights }, bases, columns: rankOf(steps), levels: top.levels, store },
  };
  const sample = parts.filter((_, n) => n % Math.ceil(parts.length / SAMPLES) === 0);
  const filters = filtersBy(
    sample.map(window => evidenceOf(sampleOf(picture, stored, window), step, sample.length)),
  );
  writeFilters(top.sink.coder, filters);
  const streams = [
    ...top.sink.coders.map(coder => coder.finish()),
    ...written.map(({ bytes, ends }) => bytes.slice(0, ends.at(-1))),
  ];
  const ends = steps.map((_, n) => [
    ...top.ends[Math.min(n, first - 1)]!,
    ...written.map(({ ends }) => (n < first ? 0 : ends[n - first]!)),
  ]);
  const sizes = stepsOfSizes(steps, channels, false);
  const layers = chooseLayers(channels, ends, streams, sizes);
  const inner = options.sketch ? [] : layers.slice(0, -1);
  const measured = measure({ picture, stored, parts, filters }, inner, steps, tell);
  for (const [n, layer] of inner.entries()) layer.psnr = psnrOf(measured[n]!.colour, peakOf(bitDepth));
  return assemble(raster, { ...settings, layers, sizes, errors: measured.at(-1)! }, streams);
}

/** Writes bases, of which there are none, and plane 0's level. */
function writeThumbs({ raster, weights }: LargePicture, thumbs: Levels[], settings: Settings, steps: Step[]) {
  const { step, part } = settings;
  const parts = partsOf({ ...raster, part: part! });
  const sink = new FileSink(streamCoder(raster, settings), undefined, {
    ...parts,
    channels: { across: 1, count: 1 },
  });
  writeBases(
    new FileSink(sink.coder, new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS))),
    thumbs.map(() => undefined),
  );
  const shape = { ...raster, step, weights, part };
  // Of the channels next to nothing is needed.
  const factors = emptyFactors(shape, {
    window: { left: 0, top: 0, cols: 1, rows: 1 },
    level: { left: 0, top: 0, ...gridsOf(raster).thumbGrid },
  });
  const channels = thumbs.map(() => ({ levels: new Int32Array(64), lastBand: new Uint8Array(1) }));
  const ends: number[][] = [];
  const after = (): void => {
    ends.push(sink.coders.map(({ settled }) => settled));
  };
  writeFactors(sink, shape, steps, { channels, thumbs }, [], undefined, after, factors);
  return { sink, ends, levels: factors.thumbs.map(levelOf) };
}

/** Writes the parts of the channels. */
function writeParts(work: Omit<WriteWork, 'written'>, tell?: Work): Written[] {
  const { raster, parts, steps } = work;
  const written = parts.map(({ cols, rows }) => ({
    // Far more than they take: memory that nobody touches is not there.
    bytes: new Uint8Array(roomFor(256 * cols * rows * raster.channels + 1024)),
    ends: new Float64Array(roomFor(8 * (steps.length + 1))),
  }));
  eachPart({ write: { ...work, written } }, tell, 1);
  return written;
}

/** Mean squared errors after each of these layers, and of the whole. */
function measure(
  of: Omit<MeasureWork, 'layers' | 'errors'>,
  layers: Draft[],
  steps: Step[],
  tell?: Work,
): Pick<Mse, 'colour' | 'alpha'>[] {
  const { parts, picture } = of;
  const { width, height, channels } = picture.raster;
  const count = layers.length + 1;
  const errors = new Float64Array(roomFor(16 * parts.length * count));
  const ofLayer = layers.map((layer, n) => steps.slice(n && layers[n - 1]!.steps, layer.steps));
  eachPart({ measure: { ...of, layers: ofLayer, errors } }, tell, 1 + layers.length * LAYER_WORK);
  const sum = (at: number): number => parts.reduce((sum, _, n) => sum + errors[2 * n * count + at]!, 0);
  const pixels = width * height;
  return Array.from({ length: count }, (_, n) => ({
    colour: sum(2 * n) / (pixels * colourCount(channels)),
    ...(hasAlpha(channels) && { alpha: sum(2 * n + 1) / pixels }),
  }));
}
