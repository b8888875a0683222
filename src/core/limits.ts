import { fail } from './errors.js';

/** Largest width or height a file can state. */
export const MAX_SIDE = 65_535;

/** Most pixels that a decoder accepts by default: 16,383 x 16,383, the limit of sharp. */
export const MAX_PIXELS = 268_402_689;

/**
 * Products of numbers of U and V that a decoder accepts by default in layout `channel`: for each sample, and for each byte of the stream.
 */
export const SAMPLE_PRODUCTS = 64;
export const BYTE_PRODUCTS = 32_768;

/**
 * Throws LIMIT unless width x height is at most `maxPixels`, OPTION if that is not a positive number. Called before anything of the
 * picture's size is allocated.
 */
export function checkPixels(
  { width, height }: { width: number; height: number },
  maxPixels: number = MAX_PIXELS,
): void {
  if (!(maxPixels >= 1)) fail('OPTION', 'maxPixels', maxPixels, 'a positive number');
  if (width * height > maxPixels)
    fail('LIMIT', 'width x height', `${width} x ${height}`, `at most ${maxPixels} pixels`);
}
