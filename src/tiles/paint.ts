import { ABOVE, SIDE, sampleOf, type Tiles } from './model.js';
import { CELL } from './cells.js';

/** Puts the exact cells into interleaved samples, `hop` a pixel: as many as the tiles have, or 4, grey repeated and alpha opaque where missing. */
export function paintTiles(
  data: Uint8Array | Uint8ClampedArray | Uint16Array,
  width: number,
  height: number,
  hop: number,
  { cells, channels, colours, stride }: Tiles,
): void {
  // A sample of the picture and the sample of the colour that goes there.
  const grey = channels < 3 && hop === 4;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!cells.exact[Math.floor(y / CELL) * cells.cols + Math.floor(x / CELL)]) {
        x |= CELL - 1;
        continue;
      }
      const colour = colours[(y + ABOVE) * stride + x + SIDE]!;
      for (let k = 0; k < hop; k++) {
        const from = grey ? (k < 3 ? 0 : 1) : k;
        if (from < channels) data[(y * width + x) * hop + k] = sampleOf(colour, from, channels);
      }
    }
}
