import type { Raster } from '../../core/raster.js';
import { CELL } from '../../tiles/cells.js';
import { placeOf, sampleOf, type Tiles } from '../../tiles/model.js';

/** Is the cell of a pixel exact? x is the first column of a cell. */
export const isExact = ({ cells }: Tiles, x: number, y: number): boolean =>
  cells.exact[Math.floor(y / CELL) * cells.cols + x / CELL] === 1;

/** Sum of the squared errors of sample k over the pixels from <= x < to of row y, in an exact cell. */
export function exactErrors(
  data: Raster['data'],
  channels: number,
  { colours, stride }: Tiles,
  i: number,
  from: number,
  to: number,
  y: number,
  k: number,
): number {
  let sum = 0;
  for (let x = from; x < to; x++, i += channels)
    sum += (data[i + k]! - sampleOf(colours[placeOf(x, y, stride)]!, k, channels)) ** 2;
  return sum;
}
