import { toChannels } from '../../colour/analysis-kernels.js';
import { colourBasis } from '../../colour/basis.js';
import { colourCount, peakOf, type Raster } from '../../core/raster.js';
import { partsOf } from '../../format/ranges.js';
import { psnrOf } from '../../metrics/psnr.js';
import type { StoredPicture } from '../../parts/compose.js';
import { gridsOf, partsOfFile } from '../../parts/windows.js';
import type { Window } from '../../planes/factors.js';
import { inTurn } from '../../planes/kernels.js';
import { rankOf, type Step } from '../../planes/schedule.js';
import { stepOf } from '../../planes/step.js';
import { stepsOfSizes } from '../../rates/sizes.js';
import type { Coded } from '../../rates/target.js';
import { type Evidence, evidenceOf, filtersBy } from '../../restore/design.js';
import { writeFilters } from '../../restore/write-filter.js';
import { assemble, type Settings } from '../assemble.js';
import { type CodeOptions, codeLevels } from '../code-at-step.js';
import { chooseLayers } from '../layers/layers.js';
import { ordered } from '../levels/quantise-picture.js';
import type { Work } from '../work.js';
import type { LargeAnalysis } from './analyse-in-parts.js';
import { channelsOf, chooseParts } from './choose-in-parts.js';
import type { ChosenStore } from './choose-part.js';
import { chooseThumbs } from './choose-thumbs.js';
import type { LargePicture } from './large-picture.js';
import { measureInParts } from './measure-in-parts.js';
import { sampleOf } from './measure-part.js';
import { partOf } from './part-of.js';
import { writeParts, writeTop } from './write-in-parts.js';

/** Filters are designed on this many parts at most. */
const SAMPLES = 6;

/** Levels that were chosen part by part, and their order in the file. */
interface QuantisedParts {
  store: ChosenStore;
  parts: Window[];
  order: number[];
  steps: Step[];
  /** About how many bits they take. */
  bits: number;
}

/** Codes a large picture with the quantiser step of `code`, part by part. Between the passes over parts it keeps 16 bits a coefficient. */
export function codeInParts(analysis: LargeAnalysis, code: number, options: CodeOptions, tell?: Work): Coded {
  const { picture } = analysis;
  const { width, height } = picture.raster;
  const quantised = quantiseParts(analysis, code, options, tell);
  const part = partOf(picture.raster, quantised.bits, options.partSize);
  return partsOf({ width, height, part }).channels.count === 1
    ? codeAsWhole(picture, quantised, code, options, tell)
    : codeParts(picture, quantised, part, code, options, tell);
}

/** Chooses the levels of all parts, and the order of their bands. */
function quantiseParts(
  { picture, thumbs, largest }: LargeAnalysis,
  code: number,
  options: CodeOptions,
  tell?: Work,
): QuantisedParts {
  const { raster, weights } = picture;
  const { thumbGrid } = gridsOf(raster);
  const first = chooseThumbs({ raster, weights, thumbs, thumbGrid }, code, options);
  // Weights make steps at most four times finer than D.
  const deep = (4 * largest) / stepOf(code) > 2 ** 15 - 8;
  const { store, parts, gains, bits } = chooseParts(
    { raster: shapeOf(raster), of: picture, weights, bases: first.map(() => undefined), thumbs, first },
    code,
    options,
    deep,
    tell,
  );
  return { store, parts, ...ordered(raster.channels, store.lastBands, { gains, bits }, false, options) };
}

/** Codes the chosen levels as a file without parts. */
function codeAsWhole(
  { raster, colour, weights }: LargePicture,
  { store, order, steps, bits }: QuantisedParts,
  code: number,
  options: CodeOptions,
  tell?: Work,
): Coded {
  const { grid } = gridsOf(raster);
  const bases = store.thumbs.map(() => undefined);
  const originals = toChannels(raster, colourBasis(colour, weights)).slice(0, colourCount(raster.channels));
  const analysis = { raster, colour, weights, bases, grid, originals, ...(tell && { work: tell }) };
  const levels = { channels: channelsOf(store, grid), thumbs: store.thumbs };
  return codeLevels(analysis, { levels, order, steps, bits }, undefined, code, options);
}

/** Codes the chosen levels as a file in parts of 2^part blocks a side. */
function codeParts(
  picture: LargePicture,
  { store, parts, order, steps }: QuantisedParts,
  part: number,
  code: number,
  options: CodeOptions,
  tell?: Work,
): Coded {
  const { raster, colour, weights } = picture;
  const { channels, bitDepth } = raster;
  const { metadata, rank } = options;
  const shape = shapeOf(raster);
  const settings: Settings = {
    ...{ layout: 'block', step: code, rank, tiles: false },
    ...{ colour, weights, order, metadata, part },
  };
  const begin = steps.filter(({ thumb }) => thumb).length;
  const top = writeTop(picture, store.thumbs, settings, steps.slice(0, begin));
  const written = writeParts(
    {
      ...{ raster: shape, weights, code, part, steps: steps.slice(begin) },
      ...{ levels: top.levels, store, parts: partsOfFile(gridsOf(raster).grid, part) },
    },
    tell,
  );
  const bases = store.thumbs.map(() => undefined);
  const stored: StoredPicture = {
    ...{ shape: { ...shape, step: code, weights }, bases, columns: rankOf(steps), levels: top.levels, store },
  };
  const filters = filtersOf(picture, stored, parts, stepOf(code));
  writeFilters(top.sink.coder, filters);
  const streams = [
    ...top.sink.coders.map(coder => coder.finish()),
    ...written.map(({ bytes, ends }) => bytes.slice(0, ends.at(-1))),
  ];
  const ends = steps.map((_, n) => [
    ...top.ends[Math.min(n, begin - 1)]!,
    ...written.map(({ ends }) => (n < begin ? 0 : ends[n - begin]!)),
  ]);
  const sizes = stepsOfSizes(steps, channels, false);
  const layers = chooseLayers(channels, ends, streams, sizes);
  const inner = options.sketch ? [] : layers.slice(0, -1);
  const measured = measureInParts({ picture, stored, parts, filters }, inner, steps, tell);
  for (const [n, layer] of inner.entries()) layer.psnr = psnrOf(measured[n]!.colour, peakOf(bitDepth));
  return assemble(raster, { ...settings, layers, sizes, errors: measured.at(-1)! }, streams);
}

/** The filters of a picture, designed on a sample of its parts. */
function filtersOf(
  picture: LargePicture,
  stored: StoredPicture,
  parts: Window[],
  step: number,
): ReturnType<typeof filtersBy> {
  const sample = parts.filter((_, n) => n % Math.ceil(parts.length / SAMPLES) === 0);
  const evidence: Evidence[] = [];
  inTurn(
    sample.map(window => () => {
      evidence.push(evidenceOf(sampleOf(picture, stored, window), step, sample.length));
    }),
  );
  return filtersBy(evidence);
}

const shapeOf = ({ width, height, channels, bitDepth }: Omit<Raster, 'data'>): Omit<Raster, 'data'> => ({
  ...{ width, height, channels, bitDepth },
});
