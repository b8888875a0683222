import { symmetricEigen } from '../algebra/symmetric-eigen.js';
import { truncatedSvd } from '../algebra/truncated-svd.js';
import { toChannels } from '../colour/analysis-kernels.js';
import { colourBasis } from '../colour/basis.js';
import { matrix } from '../core/matrix.js';
import type { Raster } from '../core/raster.js';
import { analysePicture } from '../encode/analyse.js';
import { withTiles } from '../encode/cells/with-tiles.js';
import { covariance } from '../factors/design.js';
import type { Dissection } from './dissection.js';

/** The spectrum of one channel of a picture. */
export interface ChannelSpectrum {
  /** Singular values of the channel's matrix X, descending, in units of 1 / 255 of the peak. */
  values: number[];
  /** Sum of the squares of all of them, those not listed included. */
  energy: number;
}

/** In layout `channel` so many singular values are found, and none of channels of more samples: it would take longer than all the rest. */
const MOST_VALUES = 128;
const MOST_SAMPLES = 2e6;

/**
 * The spectra of the matrices that a file factors, found from the picture that was encoded, before any quantisation. Layout `block`: all 64 values a
 * channel; exact cells are taken out of X as the encoder takes them out. Layout `channel`: the first 128, or as many as there are columns; none where a
 * channel has more than two million samples.
 */
export function pictureSpectrum(raster: Raster, from: Dissection): ChannelSpectrum[] {
  const { colour, weights } = from.file.header;
  if (from.layout === 'block') {
    const { tiles } = from.factors;
    const analysis = analysePicture(raster, { colour, weights });
    return (tiles ? withTiles(analysis, tiles) : analysis).channels.map(x => {
      const values = symmetricEigen(covariance(x)).values;
      return { values: Array.from(values, value => Math.sqrt(Math.max(0, value))), energy: sum(values) };
    });
  }
  return toChannels(raster, colourBasis(colour)).map(({ width, height, data }) => {
    const x = Float64Array.from(data);
    const energy = sum(x.map(value => value * value));
    if (x.length > MOST_SAMPLES || energy === 0) return { values: [], energy };
    const most = Math.min(width, height, MOST_VALUES, Math.max(1, from.columns));
    return { values: Array.from(truncatedSvd(matrix(height, width, x), most).s), energy };
  });
}

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
};
