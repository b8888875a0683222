import { AdaptiveBits } from '../bits/adaptive.js';
import { colourBasis } from '../colour/basis.js';
import { SYMBOL_CONTEXTS } from '../factors/rotation.js';
import { writeBases } from '../factors/write-basis.js';
import type { Metadata } from '../format/metadata.js';
import { stepOf } from '../format/step.js';
import { recompose } from '../planes/recompose.js';
import { writeFactors } from '../planes/write-factors.js';
import type { Coded } from '../rates/target.js';
import { designFilters } from '../restore/design.js';
import { restore } from '../restore/restore.js';
import { writeFilters } from '../restore/write-filter.js';
import type { Analysis } from './analyse.js';
import { assemble, type Parts } from './assemble.js';
import { errorsOf } from './distortion.js';
import { FileSink } from './file-sink.js';
import { chooseLayers, measureLayers } from './layers.js';
import { type QuantiseOptions, quantisePicture } from './quantise-picture.js';

/** What a file at one step size is coded with. */
export interface CodeOptions extends QuantiseOptions {
  metadata: Metadata;
}

/** Codes an analysed picture with the quantiser step of `code`: planes -> bits, and the index of what they are worth. */
export function codeAtStep(analysis: Analysis, code: number, options: CodeOptions): Coded {
  const { raster, bases, colour } = analysis;
  const step = stepOf(code);
  const quantised = quantisePicture(analysis, step, options);
  const sink = new FileSink();
  const states = new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS));
  writeBases(new FileSink(sink.coder, states), bases);
  const ends: number[] = [];
  const factors = writeFactors(sink, raster, quantised.steps, quantised.levels, bases, undefined, () =>
    ends.push(sink.coder.settled),
  );
  const planes = factors.channels.map((of, c) => recompose(of, step / 2, options.rank, bases[c]));
  const coded = factors.channels.map(({ ends }) => ends.map(end => (end > 1 ? 1 : 0)));
  const filters = designFilters(planes, analysis.originals, coded, step);
  writeFilters(sink.coder, filters);
  restore(planes, coded, step, filters);
  const stream = sink.coder.finish();
  const errors = errorsOf(raster, planes, colourBasis(...colour));
  const layers = chooseLayers(raster.channels, ends, stream.length);
  measureLayers(analysis, factors, quantised.steps, layers, step);
  const { metadata, rank } = options;
  const parts: Parts = {
    layout: 'block',
    step: code,
    rank,
    colour,
    order: quantised.order,
    layers,
    errors,
    metadata,
  };
  return assemble(raster, parts, stream);
}
