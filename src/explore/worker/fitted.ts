import { hasAlpha, type Raster } from '../../core/raster.js';

/** Most pixels of an opened picture, unless the whole picture is asked for: all answers are then quick. */
const MOST_PIXELS = 1_050_000;

/** The whole number by which the sides of a picture must be divided so that it has at most MOST_PIXELS. */
export function shrinkageOf(width: number, height: number): number {
  let by = 1;
  while (Math.ceil(width / by) * Math.ceil(height / by) > MOST_PIXELS) by++;
  return by;
}

/** A picture at 1 / `by` of its size, sides rounded up: means of squares of pixels, cut off at the edges, colours weighted by alpha. */
export function fitted(raster: Raster, by: number): Raster {
  if (by === 1) return raster;
  const { width, height, channels, data } = raster;
  const [cols, rows] = [Math.ceil(width / by), Math.ceil(height / by)];
  const out = new (data.constructor as typeof Uint8Array)(cols * rows * channels);
  const sums = new Float64Array(cols * channels);
  const weights = new Float64Array(cols);
  const colours = hasAlpha(channels) ? channels - 1 : channels;
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    weights.fill(0);
    const bottom = Math.min(height, (row + 1) * by);
    for (let y = row * by; y < bottom; y++)
      for (let x = 0, i = y * width * channels; x < width; x++, i += channels) {
        const to = (x / by) | 0;
        const weight = colours < channels ? data[i + colours]! : 1;
        for (let c = 0; c < colours; c++) sums[to * channels + c]! += weight * data[i + c]!;
        weights[to]! += weight;
      }
    for (let col = 0; col < cols; col++) {
      const at = (row * cols + col) * channels;
      const weight = weights[col]! || 1;
      for (let c = 0; c < colours; c++) out[at + c] = Math.round(sums[col * channels + c]! / weight);
      const covered = (bottom - row * by) * (Math.min(width, (col + 1) * by) - col * by);
      if (colours < channels) out[at + colours] = Math.round(weights[col]! / covered);
    }
  }
  return { ...raster, width: cols, height: rows, data: out };
}
