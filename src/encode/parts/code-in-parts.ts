import { toChannels } from '../../colour/analysis-kernels.js';
import { colourBasis } from '../../colour/basis.js';
import { colourCount, peakOf } from '../../core/raster.js';
import { partsOf } from '../../format/ranges.js';
import { psnrOf } from '../../metrics/psnr.js';
import type { StoredPicture } from '../../parts/compose.js';
import { gridsOf, partsOfFile } from '../../parts/windows.js';
import { inTurn } from '../../planes/kernels.js';
import { rankOf } from '../../planes/schedule.js';
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
import { chooseThumbs } from './choose-thumbs.js';
import { measureInParts } from './measure-in-parts.js';
import { sampleOf } from './measure-part.js';
import { partOf } from './part-of.js';
import { writeParts, writeTop } from './write-in-parts.js';

/** Filters are designed on this many parts at most. */
const SAMPLES = 6;

/** Codes a large picture with the quantiser step of `code`, part by part. Between the passes over parts it keeps 16 bits a coefficient. */
export function codeInParts(
  { picture, thumbs, largest }: LargeAnalysis,
  code: number,
  options: CodeOptions,
  tell?: Work,
): Coded {
  const { raster, colour, weights } = picture;
  const { width, height, channels, bitDepth } = raster;
  const { grid, thumbGrid } = gridsOf(raster);
  const step = stepOf(code);
  const first = chooseThumbs({ raster, weights, thumbs, thumbGrid }, code, options);
  const bases = first.map(() => undefined);
  const shape = { width, height, channels, bitDepth };
  // Weights make steps at most four times finer than D.
  const deep = (4 * largest) / step > 2 ** 15 - 8;
  const { store, parts, gains, bits } = chooseParts(
    { raster: shape, of: picture, weights, bases, thumbs, first },
    code,
    options,
    deep,
    tell,
  );
  const { order, steps, bits: sum } = ordered(channels, store.lastBands, { gains, bits }, false, options);
  const part = partOf(raster, sum, options.partSize);
  const ofFile = partsOf({ width, height, part });
  if (ofFile.channels.count === 1) {
    const planes = toChannels(raster, colourBasis(colour, weights)).slice(0, colourCount(channels));
    const analysis = { raster, colour, weights, bases, grid, originals: planes, ...(tell && { work: tell }) };
    const quantised = {
      levels: { channels: channelsOf(store, grid), thumbs: store.thumbs },
      order,
      steps,
      bits: sum,
    };
    return codeLevels(analysis, quantised, undefined, code, options);
  }
  const { metadata, rank } = options;
  const settings: Settings = {
    ...{ layout: 'block', step: code, rank, tiles: false },
    ...{ colour, weights, order, metadata, part },
  };
  const begin = steps.filter(({ thumb }) => thumb).length;
  const top = writeTop(picture, store.thumbs, settings, steps.slice(0, begin));
  const written = writeParts(
    {
      ...{ raster: shape, weights, code, part, steps: steps.slice(begin) },
      ...{ levels: top.levels, store, parts: partsOfFile(grid, part) },
    },
    tell,
  );
  const stored: StoredPicture = {
    ...{ shape: { ...shape, step: code, weights }, bases, columns: rankOf(steps), levels: top.levels, store },
  };
  const sample = parts.filter((_, n) => n % Math.ceil(parts.length / SAMPLES) === 0);
  const evidence: Evidence[] = [];
  inTurn(
    sample.map(window => () => {
      evidence.push(evidenceOf(sampleOf(picture, stored, window), step, sample.length));
    }),
  );
  const filters = filtersBy(evidence);
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
