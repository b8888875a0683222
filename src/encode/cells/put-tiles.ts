import type { RangeEncoder } from '../../bits/range-encoder.js';
import type { Raster } from '../../core/raster.js';
import { pixelModel, type Tiles } from '../../tiles/model.js';
import { writeTiles } from '../../tiles/write.js';

/** Writes tiles into a file, with the colours chosen for them. */
export function putTiles(coder: RangeEncoder, raster: Raster, tiles: Tiles): void {
  const model = pixelModel(raster.width, raster.height, raster.channels);
  const { states } = model;
  const sink = {
    bit(context: number, bit: number): void {
      coder.bit(bit, states.probability(context));
      states.update(context, bit);
    },
  };
  writeTiles(sink, raster, model, tiles.cells.exact, p => tiles.colours[p]!, undefined, tiles.colours);
}
