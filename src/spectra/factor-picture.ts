import { truncatedSvd } from '../algebra/truncated-svd.js';
import { toChannels } from '../colour/analysis-kernels.js';
import { colourBasis } from '../colour/basis.js';
import { designColourBasis } from '../colour/design.js';
import { matrix } from '../core/matrix.js';
import type { Plane } from '../core/plane.js';
import type { Raster } from '../core/raster.js';
import { analysePicture } from '../encode/analyse.js';
import type { TermStep } from '../encode/columns/terms.js';
import type { Layout } from '../format/header.js';
import { emptyFactor, type Factor } from '../planes/factor.js';
import { stepOf } from '../planes/step.js';
import type { BlockFactored, ColumnFactored, Factored } from './dissection.js';

/** The code of the finest step: its rounding is invisible. */
const FINEST = 0;
/** Up to this many terms are found with one power iteration instead of two: few terms are wanted quickly. */
const FEW = 16;

/**
 * A picture as the factors that an encoder begins with, before quantisation; takes tenths of a second. Layout `block`: all 64 columns of
 * the DCT basis. Layout `channel`: nearly the first `rank` terms of each channel's own SVD (see `truncatedSvd`).
 *
 * @param rank 1 or more, limited to the shorter side. Ignored in layout `block`
 */
export const factorPicture = (raster: Raster, layout: Layout, rank: number): Factored =>
  layout === 'block' ? blocksOf(raster) : columnsOf(raster, rank);

function blocksOf(raster: Raster): BlockFactored {
  const { width, height, channels, bitDepth } = raster;
  const { colour, grid, channels: u, bases } = analysePicture(raster);
  const factors = u.map(values => wholeFactor(emptyFactor(grid), values));
  return {
    layout: 'block',
    file: { header: { width, height, channels, bitDepth, colour, step: FINEST } },
    columns: 64,
    bases,
    factors: { channels: factors, thumbs: [] },
    filters: [],
  };
}

/** All of U in half steps, without what only readers and writers of files need. */
function wholeFactor(factor: Factor, u: Float32Array): Factor {
  const { positions, places, size } = factor;
  const values = new Int32Array(places * size);
  const plane0 = new Float64Array(places);
  const unit = stepOf(FINEST) / 2;
  for (let b = 0; b < positions.length; b++) {
    const i = positions[b]!;
    plane0[i] = u[b * size]! / unit;
    for (let k = 1; k < size; k++) values[k * places + i] = Math.round(u[b * size + k]! / unit);
  }
  factor.ends.fill(size);
  return { ...factor, values, plane0, magnitudes: new Int32Array(0), activity: new Int32Array(0) };
}

function columnsOf(raster: Raster, rank: number): ColumnFactored {
  const { width, height, channels, bitDepth } = raster;
  const colour: [number, number, number] = channels >= 3 ? designColourBasis(raster) : [0, 0, 0];
  const planes = toChannels(raster, colourBasis(colour));
  const terms = planes.flatMap((plane, channel) => termsOf(plane, rank).map(term => ({ channel, term })));
  return {
    layout: 'channel',
    file: { header: { width, height, channels, bitDepth, colour, step: FINEST } },
    columns: Math.min(rank, width, height),
    terms,
  };
}

/** sigma u and v of a channel, strongest first. */
function termsOf({ width, height, data }: Plane, rank: number): TermStep['term'][] {
  const { u, s, v } = truncatedSvd(matrix(height, width, Float64Array.from(data)), rank, {
    iterations: rank > FEW ? 2 : 1,
  });
  return Array.from(s, (sigma, k) => {
    const left = Float64Array.from({ length: height }, (_, y) => sigma * u.data[y * u.stride + k]!);
    const right = Float64Array.from({ length: width }, (_, x) => v.data[x * v.stride + k]!);
    return { left, right, u: left, v: right, gain: sigma * sigma, bits: 0 };
  });
}
