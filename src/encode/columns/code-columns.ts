import { toChannels } from '../../colour/analysis-kernels.js';
import { colourBasis } from '../../colour/basis.js';
import { designColourBasis } from '../../colour/design.js';
import { addColumn } from '../../columns/recompose.js';
import { BYTE_PRODUCTS, SAMPLE_PRODUCTS } from '../../core/limits.js';
import { plane } from '../../core/plane.js';
import { colourCount, peakOf, type Raster } from '../../core/raster.js';
import type { Metadata } from '../../format/metadata.js';
import type { Mse } from '../../metrics/mse.js';
import { psnrOf } from '../../metrics/psnr.js';
import { stepOf } from '../../planes/step.js';
import type { Coded, Target } from '../../rates/target.js';
import { assemble, type Contents } from '../assemble.js';
import { errorsOf } from '../layers/errors-of.js';
import { chooseLayers, type Draft } from '../layers/layers.js';
import { type Spectrum, spectrum } from './spectrum.js';
import { type CodedTerms, findTerms, type TermStep, writeTerms } from './terms.js';

/** A picture taken apart for layout `channel`. */
export interface ChannelAnalysis {
  raster: Raster;
  colour: [number, number, number];
  spectra: Spectrum[];
}

/** Raster -> channels, each of them a matrix. Its singular vectors, up to `rank`, are computed when they are needed. */
export function analyseChannels(raster: Raster, rank: number): ChannelAnalysis {
  const colour: [number, number, number] = raster.channels >= 3 ? designColourBasis(raster) : [0, 0, 0];
  const channels = toChannels(raster, colourBasis(colour));
  return { raster, colour, spectra: channels.map(channel => spectrum(channel, rank)) };
}

/** Options for coding a file at one step size. */
export interface ColumnOptions {
  /** Power iterations on the residual for each column; 0 takes the singular vectors of the channel. */
  sharpen: number;
  metadata: Metadata;
  /** If the file comes out slightly better or larger than this, its last columns are dropped. */
  target?: Target | undefined;
}

/** At most this share of the stream is dropped to meet a target: a coarser step spends the bits better. */
const TRIM = 0.04;

/** Codes an analysed picture with the quantiser step of `code`, layout `channel`. */
export function codeColumns(analysis: ChannelAnalysis, code: number, options: ColumnOptions): Coded {
  const { raster, spectra } = analysis;
  const { target } = options;
  const terms = withinLimit(raster, findTerms(raster, spectra, stepOf(code), options.sharpen));
  const make = (coded: CodedTerms): Coded => makeFile(analysis, code, coded, options.metadata);
  const keeping = (count: number): Coded =>
    make(writeTerms(raster, raster.channels, terms.steps.slice(0, count)));
  const whole = make(terms);
  const least = terms.ends.findIndex(end => end >= terms.stream.length * (1 - TRIM)) + 1 || terms.ends.length;
  if (!target || whole.psnr === Infinity) return whole;
  if ('psnr' in target) {
    if (whole.psnr < target.psnr) return whole;
    for (
      let count = guessCount(raster, terms.steps, whole, target.psnr, stepOf(code), least);
      count < terms.steps.length;
      count++
    ) {
      const cut = keeping(count);
      if (cut.psnr >= target.psnr) return cut;
    }
    return whole;
  }
  if (whole.bytes.length <= target.bytes) return whole;
  const over = whole.bytes.length - terms.stream.length;
  for (let count = terms.steps.length - 1; count >= least; count--)
    if (terms.ends[count - 1]! + over - SETTLED <= target.bytes) {
      const cut = keeping(count);
      if (cut.bytes.length <= target.bytes) return cut;
    }
  return whole;
}

/** The terms that a decoder accepts. These are all of them, except on large pictures whose columns take few bytes. */
function withinLimit(raster: Raster, coded: CodedTerms): CodedTerms {
  const area = raster.width * raster.height;
  const beyond = coded.ends.findIndex(
    (end, i) => (i + 1 - SAMPLE_PRODUCTS * raster.channels) * area > BYTE_PRODUCTS * (end - SETTLED),
  );
  return beyond < 0 ? coded : writeTerms(raster, raster.channels, coded.steps.slice(0, beyond));
}

/** Bytes by which a stream may end before it is settled. */
const SETTLED = 4;

/** The fewest terms, `least` or more, that should reach a PSNR: dropping a term adds back the error that it removed. */
function guessCount(
  raster: Raster,
  steps: TermStep[],
  whole: Coded,
  psnr: number,
  step: number,
  least: number,
): number {
  const colours = colourCount(raster.channels);
  const allowed = (255 * 255 * raster.width * raster.height * colours) / 10 ** (psnr / 10);
  let error = whole.error;
  let count = steps.length;
  for (; count > least; count--) {
    const { channel, term } = steps[count - 1]!;
    if (channel < colours) error += term.gain * step * step;
    if (error > allowed) break;
  }
  return count;
}

/** A file of exactly these coded terms. */
export function makeFile(
  { raster, colour }: Pick<ChannelAnalysis, 'raster' | 'colour'>,
  code: number,
  coded: CodedTerms,
  metadata: Metadata,
): Coded {
  const { steps, ends, stream } = coded;
  const order = steps.map(({ channel }) => channel);
  const layers = chooseLayers(
    1,
    ends.map(end => [end]),
    [stream],
  );
  const errors = measure(raster, colour, steps, layers);
  const counts = new Array<number>(raster.channels).fill(0);
  for (const channel of order) counts[channel]!++;
  const rank = Math.max(...counts);
  const contents: Contents = {
    layout: 'channel',
    tiles: false,
    step: code,
    rank,
    colour,
    order,
    layers,
    errors,
    metadata,
  };
  return assemble(raster, contents, [stream]);
}

/**
 * Adds term after term as a decoder does, and sets the PSNR of each layer. Returns the mean squared errors of the last, in units of a
 * sample.
 */
function measure(raster: Raster, colour: [number, number, number], steps: TermStep[], layers: Draft[]) {
  const planes = Array.from({ length: raster.channels }, () => plane(raster.width, raster.height));
  const basis = colourBasis(colour);
  let from = 0;
  let errors: Pick<Mse, 'colour' | 'alpha'> = { colour: 0 };
  for (const layer of layers) {
    for (const { channel, term } of steps.slice(from, layer.steps))
      if (term.right) addColumn(planes[channel]!, term.u, term.v);
    from = layer.steps;
    errors = errorsOf(raster, planes, basis);
    layer.psnr = psnrOf(errors.colour, peakOf(raster.bitDepth));
  }
  return errors;
}
