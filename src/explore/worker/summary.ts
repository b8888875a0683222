import type { Raster } from '../../core/raster.js';
import { openFile } from '../../decode/open.js';
import { writeTerms } from '../../encode/terms.js';
import { gridOf } from '../../matrices/blocks.js';
import { weightOf } from '../../spectra/atom-pictures.js';
import { bitsOf } from '../../spectra/bits.js';
import { blockFactors } from '../../spectra/block-factors.js';
import type { ChannelFactors } from '../../spectra/channel-factors.js';
import { columnEnergies } from '../../spectra/column-energies.js';
import { columnFactors } from '../../spectra/column-factors.js';
import type { BlockDissection, ColumnDissection, Dissection } from '../../spectra/dissection.js';
import { pictureSpectrum } from '../../spectra/picture-spectrum.js';
import type { ChannelSummary, Encoded } from '../protocol.js';

/** What the page needs to know of a file at once; with the bits of each block by channel, which it asks for block by block. */
export interface Summary {
  encoded: Encoded;
  blockBits?: Float32Array[];
  cellBits?: Float32Array;
}

/** Sums up a file that was made of `raster` and has been taken apart. */
export function summarise(raster: Raster, bytes: Uint8Array, parts: Dissection): Summary {
  const { width, height } = raster;
  const { cols, rows } = gridOf(width, height, 8);
  const grid = { cols, rows };
  const spectra = pictureSpectrum(raster, parts);
  const energies = columnEnergies(parts);
  const places = parts.layout === 'block' ? bitsOf(parts) : undefined;
  const columnBits = places
    ? places.columns.map(of => [...of])
    : bitsOfTerms(raster, parts as ColumnDissection);
  const channels: ChannelSummary[] = storedFactors(bytes, parts).map((factors, c) => ({
    ...factors,
    spectrum: spectra[c]!.values,
    energy: spectra[c]!.energy,
    energies: energies[c]!,
    bits: columnBits[c]!.slice(0, parts.columns),
  }));
  const encoded: Encoded = {
    bytes: bytes.length,
    columns: parts.columns,
    channels,
    sizes: sizesByRank(bytes.length, parts.columns, channels),
    grid,
    exactCells: 0,
  };
  if (!places || parts.layout !== 'block') return { encoded };
  const exact = parts.factors.tiles?.cells.exact;
  const { blocks, cells } = places;
  encoded.bitMap = blocks[0]!.map((_, b) =>
    blocks.reduce((sum, of) => sum + of[b]!, cells && exact?.[b] ? cells[b]! : 0),
  );
  encoded.rankMap = rankMapOf(parts, grid.cols * grid.rows);
  encoded.exactCells = exact?.reduce((sum, one) => sum + one, 0) ?? 0;
  return { encoded, blockBits: blocks, ...(cells && { cellBits: cells }) };
}

/** What `inspectFactors` says of the file; layout `block`, whose factors are here, is not read once more. */
const storedFactors = (bytes: Uint8Array, parts: Dissection): ChannelFactors[] =>
  parts.layout === 'block' ? blockFactors(parts, parts.file) : columnFactors(openFile(bytes));

/** By rank: the bytes of the file less what the columns beyond take. */
function sizesByRank(bytes: number, columns: number, channels: ChannelSummary[]): number[] {
  const sizes = new Array<number>(columns);
  let bits = 8 * bytes;
  for (let rank = columns; rank >= 1; rank--) {
    sizes[rank - 1] = Math.round(bits / 8);
    for (const of of channels) bits -= of.bits[rank - 1] ?? 0;
  }
  return sizes;
}

/** Layout `channel`: bits of each column, U and V together, by channel. */
function bitsOfTerms(raster: Raster, { terms, file }: ColumnDissection): number[][] {
  const bits: number[][] = Array.from({ length: file.header.channels }, () => []);
  const { ends } = writeTerms(raster, file.header.channels, terms);
  terms.forEach(({ channel }, i) => {
    bits[channel]!.push(8 * (ends[i]! - (ends[i - 1] ?? 0)));
  });
  return bits;
}

/** By block: columns up to the last that has a weight there, in the channel that has most; 0 for an exact cell. */
function rankMapOf(parts: BlockDissection, blocks: number): Uint8Array {
  const map = new Uint8Array(blocks);
  const exact = parts.factors.tiles?.cells.exact;
  for (let b = 0; b < blocks; b++) {
    if (exact?.[b]) continue;
    for (let channel = 0; channel < parts.factors.channels.length; channel++)
      for (let column = parts.columns - 1; column >= map[b]!; column--)
        if (weightOf(parts, channel, b, column) !== 0) {
          map[b] = column + 1;
          break;
        }
  }
  return map;
}
