import type { Raster } from '../../core/raster.js';

/** The number of the stored pixel that belongs at a place. */
type Source = (place: number) => number;

/**
 * Turns a raster upright from its EXIF orientation (1 to 8): 2 mirrored, 3 upside down, 4 flipped, 5 transposed, 6 to be turned clockwise,
 * 7 transversed, 8 to be turned anticlockwise. Works in place: the raster passed in is no longer valid.
 */
export function turn(raster: Raster, orientation: number): Raster {
  if (orientation === 1) return raster;
  const { width, height, channels, data } = raster;
  const swaps = orientation >= 5;
  const outWidth = swaps ? height : width;
  const fromRight = [2, 3, 7, 8].includes(orientation); // source columns run backwards
  const fromBottom = [3, 4, 6, 7].includes(orientation); // source rows run backwards
  const source: Source = place => {
    const [across, down] = [place % outWidth, Math.floor(place / outWidth)];
    const [column, row] = swaps ? [down, across] : [across, down];
    return (fromBottom ? height - 1 - row : row) * width + (fromRight ? width - 1 - column : column);
  };
  permute(data, channels, width * height, source);
  return { ...raster, width: outWidth, height: swaps ? width : height };
}

/** Moves every pixel to its place, cycle by cycle; a bit a pixel remembers which are done. */
function permute(data: Raster['data'], channels: number, pixels: number, source: Source): void {
  const done = new Uint8Array((pixels + 7) >> 3);
  const held = new Uint16Array(channels);
  for (let start = 0; start < pixels; start++) {
    if (done[start >> 3]! & (1 << (start & 7))) continue;
    for (let c = 0; c < channels; c++) held[c] = data[start * channels + c]!;
    for (let place = start; ; ) {
      done[place >> 3]! |= 1 << (place & 7);
      const from = source(place);
      if (from === start) {
        for (let c = 0; c < channels; c++) data[place * channels + c] = held[c]!;
        break;
      }
      for (let c = 0; c < channels; c++) data[place * channels + c] = data[from * channels + c]!;
      place = from;
    }
  }
}
