import type { Raster } from '../../core/raster.js';
import { psnr } from '../../metrics/psnr.js';
import { weightOf } from '../../spectra/atom-pictures.js';
import type { ColumnFactored, Factored } from '../../spectra/dissection.js';
import type { BlockDetails, Pixels } from '../protocol.js';
import { crop } from './pixels.js';
import type { Summary } from './summary.js';

const BLOCK = 8;
/** Number of atoms listed. */
const MOST = 24;

/** What block b of a picture consists of at a rank; `decoded` is the picture at that rank. */
export function blockDetails(
  from: Factored,
  { parts, blockBits, cellBits }: Summary,
  original: Pixels,
  decoded: Pixels,
  block: number,
  rank: number,
): BlockDetails {
  const x = (block % parts.grid.cols) * BLOCK;
  const y = Math.floor(block / parts.grid.cols) * BLOCK;
  const isExact = from.layout === 'block' && from.factors.tiles?.cells.exact[block] === 1;
  const before = crop(original, x, y, BLOCK);
  const after = crop(decoded, x, y, BLOCK);
  const weights = isExact
    ? []
    : from.layout === 'block'
      ? parts.channels.flatMap((_, channel) =>
          Array.from({ length: Math.min(rank, from.columns) }, (_, column) => ({
            channel,
            column,
            weight: weightOf(from, channel, block, column),
          })),
        )
      : weightsOfTerms(from, x, y, rank);
  const used = weights
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    block,
    isExact,
    psnr: psnr(asRaster(before), asRaster(after)).psnr,
    weights: used.slice(0, MOST),
    count: used.length,
    original: before,
    decoded: after,
    ...(blockBits && { bits: blockBits.map(channelBits => channelBits[block]!) }),
    ...(isExact && cellBits && { cellBits: cellBits[block]! }),
  };
}

/** Layout `channel`: the root mean square of each term within a block. */
function weightsOfTerms(
  { file, terms }: ColumnFactored,
  x: number,
  y: number,
  rank: number,
): BlockDetails['weights'] {
  const columns = new Array<number>(file.header.channels).fill(0);
  const rms = (values: Float64Array, from: number): number => {
    const part = values.subarray(from, from + BLOCK);
    return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
  };
  return terms
    .map(({ channel, term }) => ({
      channel,
      column: columns[channel]!++,
      weight: term.right ? rms(term.u, y) * rms(term.v, x) : 0,
    }))
    .filter(({ column }) => column < rank);
}

const asRaster = (pixels: Pixels): Raster => ({ ...pixels, channels: 4, bitDepth: 8 });
