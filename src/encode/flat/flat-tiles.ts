import type { Raster } from '../../core/raster.js';
import { emptyCells } from '../../tiles/cells.js';
import { ABOVE, placeOf, SIDE, type Tiles } from '../../tiles/model.js';

/** The exact cells of a picture of one colour, 8 bits a sample: all of them. */
export function flatTiles({ width, height, channels, data }: Raster): Tiles {
  const cells = emptyCells(width, height);
  cells.exact.fill(1);
  const stride = width + 2 * SIDE;
  const colours = new Int32Array(stride * (height + ABOVE));
  let colour = 0;
  for (let k = 0; k < channels; k++) colour = (colour << 8) | data[k]!;
  for (let y = 0; y < height; y++) colours.fill(colour, placeOf(0, y, stride), placeOf(width, y, stride));
  return { cells, channels, colours, stride };
}
