import { colourBasis } from '../colour/basis.js';
import { fromChannels, type SampleArray } from '../colour/channels.js';
import { type Plane, plane } from '../core/plane.js';
import { composeBlocks } from '../decode/blocks.js';
import type { Picture } from '../decode/options.js';
import { atOnce } from '../decode/slices.js';
import type { Factor } from '../planes/factor.js';
import { ORDER8 } from '../planes/order.js';
import { paintTiles } from '../tiles/paint.js';
import { addTerms } from './add-terms.js';
import type { Atom, BlockFactored, ColumnFactored, Factored } from './dissection.js';

/** Which part of a file is put into a picture. */
export interface ComposeOptions {
  /** Most columns a channel. Default: all. */
  rank?: number;
  /** Atoms to leave out. Default: none. */
  without?: readonly Atom[];
  /** Samples to return, as in `decode`. Default 'rgba'. */
  channels?: 'rgba' | 'file';
}

/**
 * The picture of a file at a rank, equal to that of `decode` to the bit, or without some atoms. If atoms are left out of a whole file, the
 * restoration still runs, so that only the atoms are missing.
 */
export function compose(from: Factored, options: ComposeOptions = {}): Picture {
  const { rank = from.columns, without = [], channels = 'rgba' } = options;
  const { width, height, bitDepth } = from.file.header;
  const data = paint(from, composeChannels(from, rank, without), channels === 'rgba', bitDepth);
  const hop = channels === 'rgba' ? 4 : from.file.header.channels;
  return { width, height, channels: hop, bitDepth, data, rank: Math.min(rank, from.columns) };
}

/** Channels -> samples with this many bits, with the exact cells painted over; `rgba` as in `fromChannels`. */
export function paint(from: Factored, planes: Plane[], rgba: boolean, bitDepth: 8 | 16): SampleArray {
  const { header } = from.file;
  const data = fromChannels(
    planes,
    colourBasis(header.colour, header.weights),
    { ...header, bitDepth },
    rgba,
  );
  if (from.layout === 'block' && from.factors.tiles)
    paintTiles(data, header.width, rgba ? 4 : header.channels, from.factors.tiles);
  return data;
}

/** The channels of a picture at a rank, in units of 1 / 255 of the peak, as large as the picture or larger. */
export function composeChannels(from: Factored, rank: number, without: readonly Atom[] = []): Plane[] {
  return from.layout === 'block' ? fromBlocks(from, rank, without) : fromTerms(from, rank, without);
}

function fromBlocks(from: BlockFactored, rank: number, without: readonly Atom[]): Plane[] {
  const channels = from.factors.channels.map((factor, c) =>
    withoutColumns(
      factor,
      without.filter(({ channel }) => channel === c),
    ),
  );
  const parts = { ...from, factors: { ...from.factors, channels } };
  return atOnce(
    composeBlocks(
      parts,
      from.file.header,
      Math.min(rank, from.columns),
      rank >= from.columns && from.filters.length > 0,
    ),
  );
}

/** A factor with the columns of these atoms set to zero; the factor itself if there are none. */
function withoutColumns(factor: Factor, atoms: readonly Atom[]): Factor {
  if (!atoms.length) return factor;
  const out = { ...factor, values: factor.values.slice() };
  for (const { column } of atoms) {
    const k = ORDER8[column]!;
    out.values.fill(0, k * factor.places, (k + 1) * factor.places);
    if (k === 0) out.plane0 = new Float64Array(factor.places);
  }
  return out;
}

function fromTerms({ file, terms }: ColumnFactored, rank: number, without: readonly Atom[]): Plane[] {
  const { width, height, channels } = file.header;
  const planes = Array.from({ length: channels }, () => plane(width, height));
  planes.forEach((target, channel) => {
    const ownTerms = terms.filter(step => step.channel === channel).slice(0, rank);
    const isOut = (column: number): boolean =>
      without.some(atom => atom.channel === channel && atom.column === column);
    addTerms(
      target,
      ownTerms.flatMap(({ term }, column) => (isOut(column) ? [] : [term])),
    );
  });
  return planes;
}
