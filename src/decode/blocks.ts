import type { Plane } from '../core/plane.js';
import { colourCount } from '../core/raster.js';
import { readBases } from '../factors/read-basis.js';
import type { Basis } from '../factors/rotation.js';
import type { Header } from '../format/header.js';
import { codedBlocks } from '../planes/coded-blocks.js';
import type { Factors } from '../planes/factors.js';
import { recompose } from '../planes/kernels.js';
import { factorReader, readFactors, readStep, settledFactors } from '../planes/read-factors.js';
import { bandsOfRank } from '../planes/schedule.js';
import { stepOf } from '../planes/step.js';
import { within } from '../planes/within.js';
import type { ChannelFilter } from '../restore/filter.js';
import { readFilters } from '../restore/read-filter.js';
import { restore } from '../restore/restore.js';
import type { OpenFile } from './open.js';
import type { Reading } from './reading.js';
import type { Slices } from './slices.js';

/** The content of a stream of layout `block`. */
export interface BlockContents {
  /** V of each channel; undefined for the DCT basis. */
  bases: (Basis | undefined)[];
  /** U of each channel. */
  factors: Factors;
  /** Filters of the restoration; empty if the stream is cut before them. */
  filters: (ChannelFilter | undefined)[];
}

/** bits -> planes -> factors, layout `block`, all at once. */
export function readBlocks(file: OpenFile): BlockContents & { taken: number } {
  const { header, start, steps, count, shown } = file;
  const coder = file.coder(0);
  const levels = shown.levels.map(file.coder);
  const parts = shown.parts.map(file.coder);
  const bases = readBases(coder, header.channels);
  const factors = readFactors(coder, header, steps.slice(0, count), bases, levels, parts);
  const filters = count === steps.length ? readFilters(coder, colourCount(header.channels)) : [];
  const taken = [coder, ...levels, ...parts].reduce((sum, { position }) => sum + position - start, 0);
  return { bases, factors, filters, taken };
}

/**
 * factors -> matrices -> channels, layout `block`, from the first `rank` columns, no more than are in use, in slices. Filters are designed
 * for the `whole` picture: a lower rank does without. `side` 4 gives channels at half their size.
 */
export function* composeBlocks(
  { bases, factors: { channels }, filters }: BlockContents,
  { step: code, weights }: Pick<Header, 'step' | 'weights'>,
  rank: number,
  whole: boolean,
  side: 4 | 8 = 8,
): Slices<Plane[]> {
  const step = stepOf(code);
  const planes: Plane[] = [];
  for (const [c, of] of channels.entries()) {
    yield;
    planes.push(recompose(of, step / 2, rank, bases[c], side));
  }
  if (whole) restore(planes, codedBlocks(channels), step, filters, weights !== undefined);
  return planes;
}

/** Reads a file of layout `block` and keeps `rank` columns. At a `scale` of 2, 4 or 8 channels come out at half their size. */
export function readingBlocks(
  { header, coder: coderOf, shown }: OpenFile,
  rank: number,
  scale: number,
): Reading {
  const coder = coderOf(0);
  const levels = shown.levels.map(coderOf);
  const parts = shown.parts.map(coderOf);
  const bases = readBases(coder, header.channels);
  const reader = factorReader(coder, header, levels, parts, shown);
  const half = scale > 1;
  const bands = bandsOfRank(rank);
  let filters: BlockContents['filters'] | undefined;
  return {
    scale: half ? 2 : 1,
    coders: [coder, ...levels, ...parts],
    origin: shown.view,
    wants: ({ thumb, band }) => thumb || band <= bands,
    read: step => readStep(reader, header, step, bases),
    *compose(columns, atEnd, whole) {
      const factors = settledFactors(reader, header);
      if (atEnd) filters ??= readFilters(coder, colourCount(header.channels));
      const channels = factors.channels.map(of => within(of, shown.view));
      const contents = { bases, factors: { ...factors, channels }, filters: filters! };
      const kept = Math.min(rank, columns);
      const planes = yield* composeBlocks(contents, header, kept, whole && !half, half ? 4 : 8);
      return { planes, tiles: factors.tiles };
    },
  };
}
