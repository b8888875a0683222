import { RangeDecoder } from '../bits/range-decoder.js';
import type { Plane } from '../core/plane.js';
import { colourCount } from '../core/raster.js';
import { readBases } from '../factors/read-basis.js';
import type { Basis } from '../factors/rotation.js';
import { stepOf } from '../format/step.js';
import { type Factors, readFactors } from '../planes/read-factors.js';
import { recompose } from '../planes/recompose.js';
import { rankOf } from '../planes/schedule.js';
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

/** bits -> planes -> factors, layout `block`: V and U of each channel. The filters follow, where `coder` stands. */
export function readBlocks(
  bytes: Uint8Array,
  { header, start, end, steps, count }: OpenFile,
): { coder: RangeDecoder; bases: (Basis | undefined)[]; factors: Factors } {
  const coder = new RangeDecoder(bytes, start, end);
  const bases = readBases(coder, header.channels);
  return { coder, bases, factors: readFactors(coder, header, steps.slice(0, count), bases) };
}

/** bits -> planes -> factors -> matrices -> channels, layout `block`, keeping at most `rank` columns. */
export function decodeBlocks(bytes: Uint8Array, file: OpenFile, rank: number): DecodedChannels {
  const { header } = file;
  const { coder, bases, factors } = readBlocks(bytes, file);
  const filters = file.count === file.steps.length ? readFilters(coder, colourCount(header.channels)) : [];
  const step = stepOf(header.step);
  const planes = factors.channels.map((of, c) => recompose(of, step / 2, rank, bases[c]));
  const columns = rankOf(file.steps.slice(0, file.count));
  // The filter was made for the whole picture: a lower rank does without.
  if (rank >= columns && filters.some(filter => filter))
    restore(
      planes,
      factors.channels.map(({ ends }) => ends.map(end => (end > 1 ? 1 : 0))),
      step,
      filters,
    );
  return {
    planes,
    tiles: factors.tiles,
    taken: coder.position - file.start,
    columns: Math.min(rank, columns),
  };
}
