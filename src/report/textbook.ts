import { toChannels } from '../colour/analysis-kernels.js';
import { colourBasis } from '../colour/basis.js';
import { colourCount, type Raster } from '../core/raster.js';
import type { Header } from '../format/header.js';
import { psnrOf } from '../metrics/psnr.js';
import { channelEnergies } from '../spectra/channel-energies.js';
import type { TextbookRow } from './measurement.js';

/** Pictures with a longer shorter side get no spectrum: it would take longer than everything else. */
const MOST_SIDE = 1024;

/**
 * What demonstrations of the SVD show of a picture: each channel is a matrix of height x width, its truncation is stored as floats, and
 * nothing is quantised or coded. The squared error of a truncation is the energy of the tail of the spectrum (C. Eckart and G. Young, The
 * approximation of one matrix by another of lower rank, Psychometrika 1, 1936). The colour basis is a rotation, so that errors of the
 * channels are those of the colours.
 */
export function textbookRows(
  raster: Raster,
  colour: Header['colour'],
  ranks: readonly number[],
): TextbookRow[] {
  const { width, height, channels } = raster;
  const most = Math.min(width, height);
  const colours = toChannels(raster, colourBasis(colour)).slice(0, colourCount(channels));
  const spectra = most <= MOST_SIDE ? colours.map(channelEnergies) : undefined;
  return [...new Set(ranks.map(rank => Math.min(rank, most)))].map(rank => {
    const tail = spectra?.reduce((sum, values) => sum + total(values.subarray(rank)), 0);
    return {
      rank,
      floats: channels * rank * (1 + width + height),
      ...(tail !== undefined && { psnr: psnrOf(tail / (width * height * colours.length), 255) }),
    };
  });
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
