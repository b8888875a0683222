import { truncatedSvd } from '../algebra/truncated-svd.js';
import { matrix } from '../core/matrix.js';
import type { Plane } from '../core/plane.js';

/** The spectrum of a channel's matrix X. */
export interface ChannelSpectrum {
  /** Singular values of X, descending, in units of 1 / 255 of the peak. */
  values: number[];
  /** Sum of the squares of all of them, those not listed included. */
  energy: number;
}

/** Of channels of more samples no singular value is found: it would take longer than all the rest. */
const MOST_SAMPLES = 2e6;

/**
 * The first `most` singular values of a channel as it stands, the SVD of the textbook, nearly (see `truncatedSvd`); none where `most` is 0 or it has more than two million
 * samples. X is height x width, in units of 1 / 255 of the peak, less the midpoint.
 */
export function channelSpectrum({ width, height, data }: Plane, most: number): ChannelSpectrum {
  const x = Float64Array.from(data);
  let energy = 0;
  for (const value of x) energy += value * value;
  const rank = Math.min(width, height, most);
  if (x.length > MOST_SAMPLES || energy === 0 || rank < 1) return { values: [], energy };
  return { values: Array.from(truncatedSvd(matrix(height, width, x), rank).s), energy };
}
