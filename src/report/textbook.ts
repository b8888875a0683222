import { colourBasis } from '../colour/basis.js';
import { toChannels } from '../colour/channels.js';
import { colourCount, type Raster } from '../core/raster.js';
import type { Header } from '../format/header.js';
import { psnrOf } from '../metrics/psnr.js';
import { channelSpectrum } from '../spectra/channel-spectrum.js';
import type { TextbookRow } from './measurement.js';

/**
 * What demonstrations of the SVD show of a picture: each channel is a matrix of height x width, its truncation is kept as floats, and nothing is
 * quantised or coded. The squared error of a truncation is the energy of the tail of the spectrum (C. Eckart and G. Young, The approximation of one matrix by another
 * of lower rank, Psychometrika 1, 1936), and the colour basis is a rotation, so that errors of the channels are those of the colours.
 */
export function textbookRows(
  raster: Raster,
  colour: Header['colour'],
  ranks: readonly number[],
): TextbookRow[] {
  const { width, height, channels } = raster;
  const colours = colourCount(channels);
  const most = Math.min(width, height);
  const spectra = toChannels(raster, colourBasis(...colour))
    .slice(0, colours)
    .map(channel => channelSpectrum(channel, Math.max(...ranks)));
  const isKnown = spectra.every(({ values, energy }) => values.length > 0 || energy === 0);
  return ranks
    .filter((rank, i) => rank <= most || i === 0 || ranks[i - 1]! < most)
    .map(asked => {
      const rank = Math.min(asked, most);
      const tail = spectra.reduce((sum, { values, energy }) => {
        const kept = values.slice(0, rank).reduce((total, value) => total + value * value, 0);
        return sum + (rank === most ? 0 : Math.max(0, energy - kept));
      }, 0);
      return {
        rank,
        floats: channels * rank * (1 + width + height),
        ...(isKnown && { psnr: psnrOf(tail / (width * height * colours), 255) }),
      };
    });
}
