import { CELL } from './cells.js';
import { ABOVE, placeOf, SIDE, sampleOf, type Tiles } from './model.js';

/** Where painting begins, in pixels; `scale` x `scale` of them make one. */
export interface Place {
  left: number;
  top: number;
  scale: 1 | 2;
}

/**
 * Paints the exact cells into interleaved samples, `hop` a pixel: as many as the tiles have, or 4, with grey repeated and missing alpha
 * left as it is. At scale 2 a pixel is the mean of four; those at the edge are repeated.
 */
export function paintTiles(
  data: Uint8Array | Uint8ClampedArray | Uint16Array,
  width: number,
  hop: number,
  { cells, channels, colours, stride }: Tiles,
  { left, top, scale }: Place = { left: 0, top: 0, scale: 1 },
): void {
  const grey = channels < 3 && hop === 4;
  const right = stride - 2 * SIDE - 1;
  const bottom = colours.length / stride - ABOVE - 1;
  for (let at = 0, y = top; at < data.length; y += scale)
    for (let x = left; x < left + width * scale; x += scale, at += hop) {
      if (!cells.exact[Math.floor(y / CELL) * cells.cols + Math.floor(x / CELL)]) continue;
      for (let c = 0; c < hop; c++) {
        // Which of its samples goes there.
        const k = grey ? (c < 3 ? 0 : 1) : c;
        if (k >= channels) continue;
        let sum = 0;
        for (let n = 0; n < scale * scale; n++) {
          const place = placeOf(Math.min(x + (n & 1), right), Math.min(y + (n >> 1), bottom), stride);
          sum += sampleOf(colours[place]!, k, channels);
        }
        data[at + c] = Math.round(sum / scale / scale);
      }
    }
}
