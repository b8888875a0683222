import { RangeDecoder } from '../bits/range-decoder.js';
import type { Plane } from '../core/plane.js';
import { colourCount } from '../core/raster.js';
import { readBases } from '../factors/read-basis.js';
import type { Basis } from '../factors/rotation.js';
import { stepOf } from '../format/step.js';
import { codedBlocks } from '../planes/coded-blocks.js';
import { fillsOf } from '../planes/fill.js';
import { type Factors, readFactors } from '../planes/read-factors.js';
import { recompose } from '../planes/recompose.js';
import { rankOf } from '../planes/schedule.js';
import type { ChannelFilter } from '../restore/filter.js';
import { readFilters } from '../restore/read-filter.js';
import { restore } from '../restore/restore.js';
import type { Tiles } from '../tiles/model.js';
import type { OpenFile } from './open.js';

/** Channels of a picture, as large as the picture or larger, and how they were found. */
export interface DecodedChannels {
  /** In units of 1 / 255 of the peak. */
  planes: Plane[];
  /** Exact cells that go over the picture; layout `block`. */
  tiles?: Tiles;
  /** Bytes of the stream that the coder took, those past the end included. */
  taken: number;
  /** Columns in use in the channel that has most. */
  columns: number;
}

/** What a stream of layout `block` holds. */
export interface BlockParts {
  /** V of each channel; undefined where it is the DCT basis. */
  bases: (Basis | undefined)[];
  /** U of each channel. */
  factors: Factors;
  /** Of the restoration; none where the stream is cut before them. */
  filters: (ChannelFilter | undefined)[];
}

/** bits -> planes -> factors, layout `block`; `taken` are the bytes of the stream that the coder took, those past the end included. */
export function readBlocks(
  bytes: Uint8Array,
  { header, start, end, steps, count }: OpenFile,
): BlockParts & { taken: number } {
  const coder = new RangeDecoder(bytes, start, end);
  const bases = readBases(coder, header.channels);
  const factors = readFactors(coder, header, steps.slice(0, count), bases);
  const filters = count === steps.length ? readFilters(coder, colourCount(header.channels)) : [];
  return { bases, factors, filters, taken: coder.position - start };
}

/** factors -> matrices -> channels, layout `block`, from the first `rank` of the `columns` in use; `step` is the quantiser's. */
export function composeBlocks(
  { bases, factors: { channels }, filters }: BlockParts,
  step: number,
  rank: number,
  columns: number,
): Plane[] {
  // Fills and filters are made for the whole picture: a lower rank does without.
  const whole = rank >= columns && filters.length;
  const fills = whole ? fillsOf(channels) : [];
  const planes = channels.map((of, c) => recompose(of, step / 2, Math.min(rank, columns), bases[c], fills[c]));
  if (whole) restore(planes, codedBlocks(channels), step, filters);
  return planes;
}

/** bits -> planes -> factors -> matrices -> channels, layout `block`, keeping at most `rank` columns. */
export function decodeBlocks(bytes: Uint8Array, file: OpenFile, rank: number): DecodedChannels {
  const parts = readBlocks(bytes, file);
  const columns = rankOf(file.steps.slice(0, file.count));
  return {
    planes: composeBlocks(parts, stepOf(file.header.step), rank, columns),
    tiles: parts.factors.tiles,
    taken: parts.taken,
    columns: Math.min(rank, columns),
  };
}
