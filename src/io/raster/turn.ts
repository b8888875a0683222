import type { Raster } from '../../core/raster.js';

/**
 * A raster turned upright by the EXIF orientation (1 to 8) under which it was stored: 2 mirrored, 3 upside
 * down, 4 flipped, 5 transposed, 6 to be turned clockwise, 7 transversed, 8 to be turned anticlockwise.
 */
export function turn(raster: Raster, orientation: number): Raster {
  if (orientation === 1) return raster;
  const { width, height, channels, data } = raster;
  const swaps = orientation >= 5;
  const [outWidth, outHeight] = swaps ? [height, width] : [width, height];
  const fromRight = [2, 3, 7, 8].includes(orientation); // source columns run backwards
  const fromBottom = [3, 4, 6, 7].includes(orientation); // source rows run backwards
  const out = data instanceof Uint16Array ? new Uint16Array(data.length) : new Uint8Array(data.length);
  let write = 0;
  for (let y = 0; y < outHeight; y++)
    for (let x = 0; x < outWidth; x++) {
      const [column, row] = swaps ? [y, x] : [x, y];
      const sourceX = fromRight ? width - 1 - column : column;
      const sourceY = fromBottom ? height - 1 - row : row;
      const read = (sourceY * width + sourceX) * channels;
      for (let c = 0; c < channels; c++) out[write++] = data[read + c]!;
    }
  return { ...raster, width: outWidth, height: outHeight, data: out };
}
