import type { Raster } from '../../core/raster.js';
import { CELL, type Cells } from '../../tiles/cells.js';
import { SIDE } from '../../tiles/model.js';

/**
 * Bits of a pixel whose colour none of its six earlier neighbours has, at the least, and of any pixel that differs from its west and north
 * neighbours: guesses, good enough to rule out photographs.
 */
export const FRESH_BITS = 4;
export const CHANGED_BITS = 1;

/** Statistics of the colours in a picture's cells. */
export interface FreshPixels {
  /** By cell: the number of pixels whose colour none of the six earlier neighbours has. */
  fresh: Uint8Array;
  /** By cell: roughly the least bits its colours take. */
  bits: Uint16Array;
}

/** Writes the colours of a row of pixels, starting at index `at`. */
export function putColours(
  { width, channels, data }: Raster,
  y: number,
  colours: Int32Array,
  at: number,
): void {
  let i = y * width * channels;
  // A loop for colours; the loop over samples took half of the time.
  if (channels === 3)
    for (let p = at; p < at + width; p++, i += 3)
      colours[p] = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
  else
    for (let p = at; p < at + width; p++) {
      let colour = 0;
      for (let k = 0; k < channels; k++) colour = (colour << 8) | data[i++]!;
      colours[p] = colour;
    }
}

/** Looks once at each pixel of a picture with 8 bits a sample. */
export function freshPixels(raster: Raster, { cols, exact }: Cells): FreshPixels {
  const { width, height } = raster;
  const fresh = new Uint8Array(exact.length);
  const bits = new Uint16Array(exact.length);
  // Only three rows of colours are needed: this one and the two above.
  const stride = width + 2 * SIDE;
  const rows = new Int32Array(3 * stride);
  for (let y = 0; y < height; y++) {
    rows.copyWithin(0, stride);
    putColours(raster, y, rows, 2 * stride + SIDE);
    for (let x = 0, p = 2 * stride + SIDE, b = Math.floor(y / CELL) * cols; x < width; b++) {
      let count = 0;
      let changed = 0;
      for (const end = Math.min(width, x + CELL); x < end; x++, p++) {
        const colour = rows[p];
        const west = colour !== rows[p - 1];
        const north = colour !== rows[p - stride];
        if (west || north) changed++;
        if (
          west &&
          north &&
          colour !== rows[p - stride - 1] &&
          colour !== rows[p - stride + 1] &&
          colour !== rows[p - 2] &&
          colour !== rows[p - 2 * stride]
        )
          count++;
      }
      fresh[b]! += count;
      bits[b]! += FRESH_BITS * count + CHANGED_BITS * changed;
    }
  }
  return { fresh, bits };
}
