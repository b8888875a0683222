import { RangeDecoder } from '../bits/range-decoder.js';
import type { Plane } from '../core/plane.js';
import { colourCount } from '../core/raster.js';
import { readBases } from '../factors/read-basis.js';
import type { Basis } from '../factors/rotation.js';
import { stepOf } from '../format/step.js';
import { type Factors, factorReader, readFactors, readSteps, settleThumbs } from '../planes/read-factors.js';
import { recompose } from '../planes/recompose.js';
import type { ChannelFilter } from '../restore/filter.js';
import { readFilters } from '../restore/read-filter.js';
import { restore } from '../restore/restore.js';
import type { OpenFile } from './open.js';
import type { Reading } from './reading.js';

/** bits -> planes -> factors, layout `block`, all at once: V and U of each channel. */
export function readBlocks(
  bytes: Uint8Array,
  { header, start, end, steps, count }: OpenFile,
): { bases: (Basis | undefined)[]; factors: Factors } {
  const coder = new RangeDecoder(bytes, start, end);
  const bases = readBases(coder, header.channels);
  return { bases, factors: readFactors(coder, header, steps.slice(0, count), bases) };
}

/**
 * bits -> planes -> factors -> matrices -> channels, layout `block`, keeping at most `rank` columns. At a `scale` of 2, 4 or 8 channels come out at half their
 * size.
 */
export function readingBlocks(
  bytes: Uint8Array,
  { header, start, end }: OpenFile,
  rank: number,
  scale: number,
): Reading {
  const coder = new RangeDecoder(bytes, start, end);
  const bases = readBases(coder, header.channels);
  const reader = factorReader(coder, header);
  const { factors } = reader;
  const step = stepOf(header.step);
  let filters: (ChannelFilter | undefined)[] | undefined;
  const half = scale > 1 && !header.tiles;
  return {
    coder,
    scale: half ? 2 : 1,
    // Bands 4, 2 and 0 end on diagonals 5, 2 and 0: what 4 x 4, 2 x 2 and 1 of 8 x 8 frequencies hold, unless a rotation mixes in others.
    bands: half && !bases.some(basis => basis?.rotations.length) ? (8 / scale) & 6 : Infinity,
    read: steps => readSteps(reader, header, steps, bases),
    *channels(end, whole) {
      if (!reader.settled) settleThumbs(factors);
      if (end) filters ??= readFilters(coder, colourCount(header.channels));
      this.tiles = factors.tiles;
      const planes: Plane[] = [];
      for (const [c, of] of factors.channels.entries()) {
        planes.push(recompose(of, step / 2, rank, bases[c], half ? 4 : 8));
        yield;
      }
      // The filter was made for the whole picture: a lower rank does without, and so does a smaller picture.
      if (whole && !half)
        restore(
          planes,
          factors.channels.map(({ ends }) => ends.map(end => (end > 1 ? 1 : 0))),
          step,
          filters!,
        );
      return planes;
    },
  };
}
