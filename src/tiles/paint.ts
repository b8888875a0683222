import { CELL } from './cells.js';
import { placeOf, sampleOf, type Tiles } from './model.js';

/** Puts the exact cells into interleaved samples, `hop` a pixel: as many as the tiles have, or 4, grey repeated and a missing alpha left as it is. */
export function paintTiles(
  data: Uint8Array | Uint8ClampedArray | Uint16Array,
  width: number,
  hop: number,
  { cells, channels, colours, stride }: Tiles,
): void {
  // The samples of the colour, one for each of the picture's.
  const from = (channels < 3 && hop === 4 ? [0, 0, 0, 1] : [0, 1, 2, 3]).slice(0, hop);
  for (let i = 0; i < data.length; i += hop) {
    const x = (i / hop) % width;
    const y = Math.floor(i / hop / width);
    if (!cells.exact[Math.floor(y / CELL) * cells.cols + Math.floor(x / CELL)]) continue;
    const colour = colours[placeOf(x, y, stride)]!;
    from.forEach((k, c) => {
      if (k < channels) data[i + c] = sampleOf(colour, k, channels);
    });
  }
}
