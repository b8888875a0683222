import { AdaptiveBits } from '../bits/adaptive.js';
import type { Raster } from '../core/raster.js';
import { type Basis, SYMBOL_CONTEXTS } from '../factors/rotation.js';
import { writeBases } from '../factors/write-basis.js';
import type { Factors, Shape } from '../planes/factors.js';
import type { Step } from '../planes/schedule.js';
import { type PictureLevels, writeFactors } from '../planes/write-factors.js';
import type { Tiles } from '../tiles/model.js';
import { putTiles } from './cells/put-tiles.js';
import { FileSink } from './file-sink.js';

/** The content of a stream of layout `block` before the restoration. */
export interface Blocks {
  shape: Shape;
  steps: Step[];
  levels: PictureLevels;
  bases: (Basis | undefined)[];
  /** The exact cells, and the picture that has them. */
  cells?: { raster: Raster; tiles: Tiles } | undefined;
}

/**
 * Writes bases and all steps. Returns the factors as a reader would have them (in `room`, if factors of zeros are given) and the bytes that
 * each coder has written after each step. The mirror of readBlocks.
 */
export function writeBlocks(
  sink: FileSink,
  { shape, steps, levels, bases, cells }: Blocks,
  room?: Factors,
): { factors: Factors; ends: number[][] } {
  writeBases(new FileSink(sink.coder, new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS))), bases);
  const ends: number[][] = [];
  const after = (at: number): void => {
    if (cells && steps[at]!.tiles) putTiles(sink.coder, cells.raster, cells.tiles);
    ends.push(sink.coders.map(({ settled }) => settled));
  };
  const factors = writeFactors(sink, shape, steps, levels, bases, undefined, after, room);
  return { factors, ends };
}
