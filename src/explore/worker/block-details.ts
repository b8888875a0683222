import type { Raster } from '../../core/raster.js';
import { psnr } from '../../metrics/psnr.js';
import { weightOf } from '../../spectra/atom-pictures.js';
import type { ColumnDissection, Dissection } from '../../spectra/dissection.js';
import type { BlockDetails, Pixels } from '../protocol.js';
import { crop } from './pixels.js';
import type { Summary } from './summary.js';

const BLOCK = 8;
/** Atoms that are listed. */
const MOST = 24;

/** What block b of a file shows at a rank, `decoded` being the picture there. */
export function blockDetails(
  parts: Dissection,
  { encoded, blockBits, cellBits }: Summary,
  original: Pixels,
  decoded: Pixels,
  block: number,
  rank: number,
): BlockDetails {
  const x = (block % encoded.grid.cols) * BLOCK;
  const y = Math.floor(block / encoded.grid.cols) * BLOCK;
  const isExact = parts.layout === 'block' && parts.factors.tiles?.cells.exact[block] === 1;
  const before = crop(original, x, y, BLOCK);
  const after = crop(decoded, x, y, BLOCK);
  const weights = isExact
    ? []
    : parts.layout === 'block'
      ? encoded.channels.flatMap((_, channel) =>
          Array.from({ length: Math.min(rank, parts.columns) }, (_, column) => ({
            channel,
            column,
            weight: weightOf(parts, channel, block, column),
          })),
        )
      : weightsOfTerms(parts, x, y, rank);
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
    ...(blockBits && { bits: blockBits.map(of => of[block]!) }),
    ...(isExact && cellBits && { cellBits: cellBits[block]! }),
  };
}

/** Layout `channel`: the root mean square of each term within a block. */
function weightsOfTerms(
  { file, terms }: ColumnDissection,
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
