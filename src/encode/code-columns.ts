import { RangeEncoder } from '../bits/range-encoder.js';
import { colourBasis } from '../colour/basis.js';
import { fromChannels, toChannels } from '../colour/channels.js';
import { designColourBasis } from '../colour/design.js';
import { columnStates, side } from '../columns/contexts.js';
import { addColumn } from '../columns/recompose.js';
import { writeColumn } from '../columns/write.js';
import { plane } from '../core/plane.js';
import { colourCount, peakOf, type Raster } from '../core/raster.js';
import type { Header, Layer } from '../format/header.js';
import type { Metadata } from '../format/metadata.js';
import { stepOf } from '../format/step.js';
import type { Coded } from '../rates/target.js';
import { assemble } from './assemble.js';
import { CostMeter } from './costs.js';
import { psnrOf, squaredErrors } from './distortion.js';
import { nextTerm, subtract, type Term } from './factorise.js';
import { chooseLayers } from './layers.js';
import { LAMBDA } from './quantise.js';
import { columnPrices } from './quantise-column.js';
import { type Spectrum, spectrum } from './spectrum.js';

/** A picture taken apart for layout `channel`. */
export interface ChannelAnalysis {
  raster: Raster;
  colour: [number, number, number];
  spectra: Spectrum[];
}

/** Raster -> channels, each of them a matrix; their singular vectors up to `rank` are found when they are needed. */
export function analyseChannels(raster: Raster, rank: number): ChannelAnalysis {
  const colour: [number, number, number] = raster.channels >= 3 ? designColourBasis(raster) : [0, 0, 0];
  return {
    raster,
    colour,
    spectra: toChannels(raster, colourBasis(...colour)).map(channel => spectrum(channel, rank)),
  };
}

/** A channel ends after so many columns that did not pay. */
const MISSES = 2;

interface CodedTerms {
  /** Channel and term of each step. */
  terms: { channel: number; term: Term }[];
  /** Bytes that suffice up to each step. */
  ends: number[];
  stream: Uint8Array;
}

/** Factors -> bits: the terms of all channels in order of singular values, each kept if it takes away more error than its bits are worth. */
function codeTerms({ raster, spectra }: ChannelAnalysis, step: number, sharpen: number): CodedTerms {
  const coder = new RangeEncoder();
  const states = columnStates();
  const meter = new CostMeter(states);
  const open = spectra.map(({ x, rank, at }, channel) => ({
    channel,
    at,
    rank,
    residual: x.slice(),
    left: side(raster.height),
    right: side(raster.width),
    tried: 0,
    kept: 0,
    misses: 0,
  }));
  const terms: CodedTerms['terms'] = [];
  const ends: number[] = [];
  for (;;) {
    const going = open.filter(of => of.tried < of.rank && of.misses < MISSES);
    if (!going.length) break;
    const next = going.reduce((best, of) => (of.at(of.tried).value > best.at(best.tried).value ? of : best));
    const term = nextTerm(next.residual, next.at(next.tried++).v, step, next, columnPrices(meter), sharpen);
    if (term.gain <= LAMBDA * term.bits || !term.right) {
      next.misses++;
      continue;
    }
    writeColumn(coder, states, next.left, term.left);
    writeColumn(coder, states, next.right, term.right);
    subtract(next.residual, term);
    terms.push({ channel: next.channel, term });
    ends.push(coder.settled);
  }
  if (!terms.length) {
    // A file has at least one column, here one of zeros.
    const left = new Float64Array(raster.height);
    writeColumn(coder, states, side(raster.height), left);
    terms.push({ channel: 0, term: { left, right: undefined, u: left, v: left, gain: 0, bits: 0 } });
    ends.push(coder.settled);
  }
  return { terms, ends, stream: coder.finish() };
}

/** Codes an analysed picture with the quantiser step of `code`, layout `channel`. */
export function codeColumns(
  { raster, colour, spectra }: ChannelAnalysis,
  code: number,
  options: { sharpen: number; metadata: Metadata },
): Coded {
  const { width, height, channels, bitDepth } = raster;
  const { terms, ends, stream } = codeTerms({ raster, colour, spectra }, stepOf(code), options.sharpen);
  const order = terms.map(({ channel }) => channel);
  const layers = chooseLayers(1, ends, stream.length);
  const errors = measure(raster, colour, terms, layers);
  const rank = Math.max(
    ...Array.from({ length: channels }, (_, c) => order.filter(channel => channel === c).length),
  );
  const { icc = NONE, exif = NONE, xmp = NONE } = options.metadata;
  const header: Header = {
    compact: false,
    layout: 'channel',
    channels,
    bitDepth,
    width,
    height,
    step: code,
    rank,
    colour,
    order,
    layers,
    psnrAlpha: psnrOf(errors.alpha, bitDepth),
    icc,
    exif,
    xmp,
  };
  const error = errors.colour * (255 / peakOf(bitDepth)) ** 2 * width * height * colourCount(channels);
  return { bytes: assemble(header, stream), psnr: layers.at(-1)!.psnr, error };
}

const NONE = new Uint8Array(0);

/**
 * Adds term after term as a decoder does and puts each layer's PSNR into it; it never falls from layer to layer. Returns the mean squared errors of the
 * last, in units of a sample.
 */
function measure(
  raster: Raster,
  colour: [number, number, number],
  terms: CodedTerms['terms'],
  layers: Layer[],
) {
  const planes = Array.from({ length: raster.channels }, () => plane(raster.width, raster.height));
  const basis = colourBasis(...colour);
  let from = 0;
  let best = 0;
  let errors = { colour: 0, alpha: 0 };
  for (const layer of layers) {
    for (const { channel, term } of terms.slice(from, (from += layer.steps)))
      if (term.right) addColumn(planes[channel]!, term.u, term.v);
    errors = squaredErrors(raster, fromChannels(planes, basis, raster, false));
    const psnr = psnrOf(errors.colour, raster.bitDepth);
    best = Math.max(best, psnr);
    layer.psnr = layer === layers.at(-1) ? psnr : best;
  }
  return errors;
}
