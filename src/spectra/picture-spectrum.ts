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
  /** The sum of all their squares, including those not listed. */
  energy: number;
}

/**
 * Number of singular values computed in layout `channel`; none for channels with more than MOST_SAMPLES samples: it would take longer than
 * everything else.
 */
const MOST_VALUES = 128;
const MOST_SAMPLES = 2e6;

/**
 * The spectra of the matrices that a file factors, from the original picture, before quantisation. Layout `block`: all 64 values a channel;
 * exact cells are removed from X as in the encoder. Layout `channel`: the first 128, or as many as there are columns; none for a channel
 * with more than two million samples.
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
