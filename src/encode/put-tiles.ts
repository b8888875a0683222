import type { RangeEncoder } from '../bits/range-encoder.js';
import type { Raster } from '../core/raster.js';
import { PixelModel, type Tiles } from '../tiles/model.js';
import { writeTiles } from '../tiles/write.js';

/** Writes tiles into a file, with the colours that were chosen for them. */
export function putTiles(coder: RangeEncoder, { width, height, channels }: Raster, tiles: Tiles): void {
  const model = new PixelModel(width, height, channels);
  const { states } = model;
  const sink = {
    bit(context: number, bit: number): void {
      coder.bit(bit, states.probability(context));
      states.update(context, bit);
    },
  };
  writeTiles(sink, model, tiles.cells.exact, p => tiles.colours[p]!);
}
