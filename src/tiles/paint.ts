import { CELL } from './cells.js';
import { placeOf, sampleOf, type Tiles } from './model.js';

/** Puts the exact cells into interleaved samples, which begin at pixel (left, top), `hop` a pixel: as many as the tiles have, or 4, grey repeated and a missing alpha left as it is. */
export function paintTiles(
  data: Uint8Array | Uint8ClampedArray | Uint16Array,
  width: number,
  hop: number,
  { cells, channels, colours, stride }: Tiles,
  left = 0,
  top = 0,
): void {
  const grey = channels < 3 && hop === 4;
  for (let at = 0, y = top; at < data.length; y++)
    for (let x = left; x < left + width; x++, at += hop) {
      if (!cells.exact[Math.floor(y / CELL) * cells.cols + Math.floor(x / CELL)]) continue;
      const colour = colours[placeOf(x, y, stride)]!;
      for (let c = 0; c < hop; c++) {
        // Which of its samples goes there.
        const k = grey ? (c < 3 ? 0 : 1) : c;
        if (k < channels) data[at + c] = sampleOf(colour, k, channels);
      }
    }
}
