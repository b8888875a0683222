import { toChannels } from '../../colour/analysis-kernels.js';
import { colourBasis } from '../../colour/basis.js';
import type { Raster } from '../../core/raster.js';
import { openFile } from '../../decode/open.js';
import { writeTerms } from '../../encode/columns/terms.js';
import { gridOf } from '../../matrices/blocks.js';
import { weightOf } from '../../spectra/atom-pictures.js';
import { bitsOf } from '../../spectra/bits.js';
import { blockFactors } from '../../spectra/block-factors.js';
import type { ChannelFactors } from '../../spectra/channel-factors.js';
import { columnEnergies } from '../../spectra/column-energies.js';
import { columnFactors } from '../../spectra/column-factors.js';
import type { BlockDissection, ColumnDissection, Dissection, Factored } from '../../spectra/dissection.js';
import { keptEnergies } from '../../spectra/kept-energies.js';
import { pictureSpectrum } from '../../spectra/picture-spectrum.js';
import type { ChannelSummary, Parts } from '../protocol.js';

/**
 * What the page needs to know at once about a picture's factors, and the bits of each block by channel, which it asks for block by block.
 */
export interface Summary {
  parts: Parts;
  blockBits?: Float32Array[];
  cellBits?: Float32Array;
}

/** Sums up factors before anything is coded: their lengths are the singular values, or in layout `block` those of the DCT basis. */
export function summariseFactors(raster: Raster, from: Factored): Summary {
  const { width, height } = raster;
  const { cols, rows } = gridOf(width, height, 8);
  const whole = from.layout === 'channel' ? energiesOf(raster, from) : undefined;
  const channels = columnEnergies(from).map((energies, c) => ({
    spectrum: energies.map(Math.sqrt).sort((a, b) => b - a),
    energy: whole?.[c] ?? sum(energies),
    energies,
    kept: energies,
  }));
  return { parts: { layout: from.layout, columns: from.columns, channels, grid: { cols, rows } } };
}

/** Sums up a file of `raster` that has been taken apart. */
export function summariseFile(raster: Raster, bytes: Uint8Array, from: Dissection): Summary {
  const { width, height } = raster;
  const { cols, rows } = gridOf(width, height, 8);
  const spectra = pictureSpectrum(raster, from);
  const energies = columnEnergies(from);
  const kept = keptEnergies(raster, from);
  const places = from.layout === 'block' ? bitsOf(from) : undefined;
  const bits = places
    ? places.columns.map(blockBits => [...blockBits])
    : bitsOfTerms(raster, from as ColumnDissection);
  const channels = storedFactors(bytes, from).map(
    (factors, c): ChannelSummary => ({
      spectrum: spectra[c]!.values,
      energy: kept[c]!.energy,
      energies: energies[c]!,
      kept: [...kept[c]!.kept],
      stored: { ...factors, columnBits: bits[c]!.slice(0, from.columns) },
    }),
  );
  const { layout, columns } = from;
  const file = { bytes: bytes.length, sizes: sizesByRank(bytes.length, columns, bits), exactCells: 0 };
  const parts: Parts = { layout, columns, channels, grid: { cols, rows }, file };
  if (!places || from.layout !== 'block') return { parts };
  const exact = from.factors.tiles?.cells.exact;
  const { blocks, cells } = places;
  parts.file = {
    ...file,
    bitMap: blocks[0]!.map((_, b) =>
      blocks.reduce((total, channelBits) => total + channelBits[b]!, cells && exact?.[b] ? cells[b]! : 0),
    ),
    rankMap: rankMapOf(from, cols * rows),
    exactCells: exact?.reduce((total, flag) => total + flag, 0) ?? 0,
  };
  return { parts, blockBits: blocks, ...(cells && { cellBits: cells }) };
}

/** The result of `inspectFactors` for the file; in layout `block` it uses the factors at hand. */
const storedFactors = (bytes: Uint8Array, from: Dissection): ChannelFactors[] =>
  from.layout === 'block' ? blockFactors(from, from.file) : columnFactors(openFile(bytes));

/** By rank: the bytes of the file less those of later columns. */
function sizesByRank(bytes: number, columns: number, columnBits: number[][]): number[] {
  const sizes = new Array<number>(columns);
  let bits = 8 * bytes;
  for (let rank = columns; rank >= 1; rank--) {
    sizes[rank - 1] = Math.round(bits / 8);
    for (const channelBits of columnBits) bits -= channelBits[rank - 1] ?? 0;
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

/** By block: columns up to the last with a weight there, in the channel with most; 0 for an exact cell. */
function rankMapOf(from: BlockDissection, blocks: number): Uint8Array {
  const map = new Uint8Array(blocks);
  const exact = from.factors.tiles?.cells.exact;
  for (let b = 0; b < blocks; b++) {
    if (exact?.[b]) continue;
    for (let channel = 0; channel < from.factors.channels.length; channel++)
      for (let column = from.columns - 1; column >= map[b]!; column--)
        if (weightOf(from, channel, b, column) !== 0) {
          map[b] = column + 1;
          break;
        }
  }
  return map;
}

/** By channel, the sum of all squared singular values, which is that of all squared samples. */
const energiesOf = (raster: Raster, { file }: Factored): number[] =>
  toChannels(raster, colourBasis(file.header.colour, file.header.weights)).map(({ data }) =>
    data.reduce((total, value) => total + value * value, 0),
  );

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
